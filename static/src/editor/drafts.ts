/* Keeps unsaved work in this browser at once, at every change: in localStorage, or in IndexedDB when it is big or
   localStorage is full. What is kept belongs to one person and one page. */

import type { Opening } from "./protocol";

export interface Kept {
  readonly text: string;
  readonly basedOn: number;
  /** Milliseconds since 1970 by the server's clock, as far as this browser knows it. */
  readonly when: number;
}

/** The newer of what this browser kept and what the server kept, if it is something else than what is saved. */
export function unsavedWork(opening: Opening, here: Kept | null): Kept | null {
  if (!opening.writable) return null;
  const { draft } = opening;
  const there = draft && { text: draft.text, basedOn: draft.basedOn, when: draft.updated };
  const newer = [here, there].filter((kept) => kept !== null).sort((one, other) => other.when - one.when)[0];
  return newer && newer.text !== opening.text ? newer : null;
}

/** Above this many characters localStorage (about 5 million in all) would be used up by one page. */
const SMALL = 400_000;
const BIG_PAUSE_MS = 300;
const STORE = "drafts";

export class LocalDrafts {
  readonly #key: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The text that this page kept last, or went on from. */
  #last: string | undefined;

  constructor(person: string, page: string) {
    this.#key = `plainspark:draft:${person}:${page}`;
  }

  keep(kept: Kept): void {
    clearTimeout(this.#timer);
    this.#last = kept.text;
    if (kept.text.length <= SMALL && this.#keepSmall(kept)) return;
    // Writing a big text takes a while, so only the last of a burst is written.
    this.#timer = setTimeout(() => void this.#keepBig(kept), BIG_PAUSE_MS);
  }

  async find(): Promise<Kept | null> {
    const big = await inStore<Kept | undefined>("readonly", (store) => store.get(this.#key));
    const found = [this.#findSmall(), big].filter((kept) => kept !== undefined);
    return found.sort((one, other) => other.when - one.when)[0] ?? null;
  }

  /** Says that the page goes on from this kept text, so that it may be forgotten once the page is saved. */
  goOnFrom(kept: Kept): void {
    this.#last = kept.text;
  }

  /** Forgets what is kept, if it is this text or what this page kept last: another tab may have kept its own since. */
  forget(text: string): void {
    clearTimeout(this.#timer);
    const last = this.#last;
    const isOurs = (kept: Kept | undefined) => kept !== undefined && (kept.text === text || kept.text === last);
    if (isOurs(this.#findSmall())) localStorage.removeItem(this.#key);
    void inStore("readwrite", (store) => {
      const finding = store.get(this.#key) as IDBRequest<Kept | undefined>;
      finding.onsuccess = () => {
        if (isOurs(finding.result)) store.delete(this.#key);
      };
      return finding;
    });
  }

  #findSmall(): Kept | undefined {
    const small = localStorage.getItem(this.#key);
    return small ? (JSON.parse(small) as Kept) : undefined;
  }

  #keepSmall(kept: Kept): boolean {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
      return true;
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === "QuotaExceededError") return false;
      throw problem;
    }
  }

  async #keepBig(kept: Kept): Promise<void> {
    await inStore("readwrite", (store) => store.put(kept, this.#key));
    localStorage.removeItem(this.#key);
  }
}

function inStore<Result>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result> | IDBRequest<undefined> | IDBRequest<IDBValidKey>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("plainspark", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error ?? new Error("The browser's storage cannot be opened"));
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result as Result);
      };
      transaction.onerror = () => {
        database.close();
        reject(transaction.error ?? new Error("The browser's storage cannot be used"));
      };
    };
  });
}
