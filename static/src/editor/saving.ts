/* Saving: the server formats the text and makes a version of it. What was typed while the answer was under way stays,
   and so does the cursor. A text that somebody else saved meanwhile is compared first. */
import type { ChangeSet, Extension } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import { say } from "../base/notices";
import { settle } from "./conflict";
import { Conflict, post, Refused, type SaveAnswer, SignedOut, Unreachable } from "./protocol";
import { changesBetween } from "./text";

export interface SavingListener {
  saving(): void;
  /** When the server kept the draft that this text goes on from, if it did: it is dropped with the save. */
  draftKept(): number | undefined;
  /** `text` is what is saved now; `untouched` when nothing was typed since it was sent. */
  saved(answer: SaveAnswer, untouched: boolean): void;
  failed(problem: Unreachable | SignedOut | Refused): void;
  conflicting(): void;
}

export class Saving {
  #busy: Promise<boolean> | undefined;
  #typed: ChangeSet | undefined;

  constructor(
    private readonly addresses: { readonly save: string; readonly format: string },
    private readonly view: () => EditorView,
    private version: number,
    private readonly basics: Extension,
    private readonly listener: SavingListener,
  ) {}

  get basedOn(): number {
    return this.version;
  }

  /** A restored draft started from another version than the newest: saving it will show both. */
  startFrom(version: number): void {
    this.version = version;
  }

  /** Must be told of every change of the text. */
  noticed(update: ViewUpdate): void {
    if (update.docChanged && this.#typed) this.#typed = this.#typed.compose(update.changes);
  }

  /** Saves; true when the text is saved. Asking again while a save is under way waits for that one. */
  save(): Promise<boolean> {
    this.#busy ??= this.#save().finally(() => {
      this.#busy = undefined;
    });
    return this.#busy;
  }

  /** Writes the text in the canonical wording, without saving it. */
  async tidy(): Promise<void> {
    const sent = this.view().state.doc.toString();
    await this.#exchange(sent, async () => post<{ text: string }>(this.addresses.format, { text: sent }));
  }

  async #save(): Promise<boolean> {
    const sent = this.view().state.doc.toString();
    this.listener.saving();
    const answer = await this.#exchange(sent, () =>
      post<SaveAnswer>(this.addresses.save, {
        text: sent,
        based_on: this.version,
        draft_kept: this.listener.draftKept(),
      }),
    );
    if (!answer) return false;
    this.version = answer.version;
    this.listener.saved(answer, this.view().state.doc.toString() === answer.text);
    return true;
  }

  /** Sends a text and takes in the one that comes back, under what was typed meanwhile. */
  async #exchange<Answer extends { readonly text: string }>(
    sent: string,
    send: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    this.#typed = changesBetween(sent, sent);
    try {
      const answer = await send();
      const changes = changesBetween(sent, answer.text).map(this.#typed);
      if (!changes.empty) this.view().dispatch({ changes, userEvent: "format" });
      return answer;
    } catch (problem) {
      if (problem instanceof Conflict) await this.#settle(problem);
      else if (problem instanceof Unreachable || problem instanceof SignedOut || problem instanceof Refused) {
        this.listener.failed(problem);
      } else throw problem;
      return undefined;
    } finally {
      this.#typed = undefined;
    }
  }

  async #settle(conflict: Conflict): Promise<void> {
    this.listener.conflicting();
    const view = this.view();
    const decision = await settle(conflict.message, conflict.newest, view.state.doc.toString(), this.basics);
    this.#replace(decision.mine);
    if (decision.choice === "later") return;
    this.version = conflict.newest.number;
    const mineIsSaved = await this.#save();
    if (!mineIsSaved || decision.choice === "save") return;
    // Theirs was chosen: mine is among the versions now, and theirs becomes the newest one again.
    this.#replace(conflict.newest.text);
    if (await this.#save()) say("Their text is the newest again. Yours is kept among the versions.", "good");
  }

  #replace(text: string): void {
    const changes = changesBetween(this.view().state.doc.toString(), text);
    if (!changes.empty) this.view().dispatch({ changes, userEvent: "input.merge" });
  }
}
