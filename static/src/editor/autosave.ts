/* Keeps unsaved work on the server too, a moment after the typing pauses, so that it is there on another device. */
import { type DraftAnswer, post, Refused, SignedOut, Unreachable } from "./protocol";

const PAUSE_MS = 800;
/** With somebody typing without a pause it is kept at least this often. */
const LONGEST_MS = 5_000;

export interface AutosaveListener {
  kept(): void;
  failed(problem: Unreachable | SignedOut | Refused): void;
}

export class Autosave {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | undefined;
  #kept: number | undefined;

  constructor(
    private readonly address: string,
    private readonly work: () => { readonly text: string; readonly basedOn: number },
    private readonly listener: AutosaveListener,
  ) {}

  /** When the server last kept work of this page, in milliseconds since 1970 by its clock. */
  get kept(): number | undefined {
    return this.#kept;
  }

  /** Says that the page goes on from the draft that the server kept then. */
  goOnFrom(kept: number): void {
    this.#kept = kept;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#since ??= Date.now();
    const left = Math.max(0, LONGEST_MS - (Date.now() - this.#since));
    this.#timer = setTimeout(() => void this.#keep(), Math.min(PAUSE_MS, left));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#since = undefined;
  }

  /** Throws away what the server kept. */
  async forget(): Promise<void> {
    this.stop();
    await this.#send({ discard: true });
  }

  async #keep(): Promise<void> {
    this.stop();
    const { text, basedOn } = this.work();
    await this.#send({ text, based_on: basedOn });
  }

  async #send(body: object): Promise<void> {
    try {
      this.#kept = (await post<DraftAnswer>(this.address, body)).updated;
      this.listener.kept();
    } catch (problem) {
      if (problem instanceof Unreachable || problem instanceof SignedOut || problem instanceof Refused) {
        this.listener.failed(problem);
      } else throw problem;
    }
  }
}
