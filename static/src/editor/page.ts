/* The editor page: puts its parts together and decides what text it starts with. */
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import { ask } from "../base/dialogs";
import { say } from "../base/notices";
import { Autosave } from "./autosave";
import { Checker } from "./checking";
import { completing } from "./completing";
import { Connection, type ConnectionState } from "./connection";
import { type Kept, LocalDrafts } from "./drafts";
import { required } from "./elements";
import { Functions } from "./functions";
import { setHighlights } from "./highlights";
import { setExamples } from "./lines";
import { Mistakes } from "./mistakes";
import { type CheckAnswer, type Opening, Refused, type SaveAnswer, SignedOut, Unreachable } from "./protocol";
import { Readings } from "./readings";
import { Saving } from "./saving";
import { Status } from "./status";
import { changesBetween, editorExtensions, styleNonce } from "./text";

export class EditorPage {
  readonly #opening: Opening;
  readonly #view: EditorView;
  readonly #status = new Status(() => this.#mistakes.goTo());
  readonly #local: LocalDrafts;
  readonly #clockAhead: number;
  readonly #connection: Connection;
  readonly #checker: Checker;
  readonly #autosave: Autosave;
  readonly #saving: Saving;
  readonly #mistakes = new Mistakes(required("#mistakes", HTMLElement));
  readonly #readings = new Readings(required("#readings", HTMLElement));
  readonly #functions: Functions;
  #saved: string;
  #savesLater = false;

  constructor(opening: Opening, kept: Kept | null, local: LocalDrafts) {
    this.#opening = opening;
    this.#local = local;
    this.#clockAhead = opening.now - Date.now();
    this.#saved = opening.starter ? "" : opening.text;
    const { check, draft } = opening.addresses;
    this.#connection = new Connection(
      () => void this.#checker.now(),
      (state, before) => this.#connectionChanged(state, before),
    );
    this.#checker = new Checker(check, () => this.#text(), {
      answered: (answer) => this.#answered(answer),
      failed: (problem) => this.#failed(problem),
    });
    this.#saving = new Saving(opening.addresses, () => this.#view, opening.version, styleNonce(), {
      saving: () => this.#status.keep({ state: "saving" }),
      draftKept: () => this.#autosave.kept,
      saved: (answer, untouched) => this.#wasSaved(answer, untouched),
      failed: (problem) => this.#saveFailed(problem),
      conflicting: () => this.#status.keep({ state: "conflict" }),
    });
    this.#autosave = new Autosave(draft, () => ({ text: this.#text(), basedOn: this.#saving.basedOn }), {
      // A server that keeps drafts but fails to check is no better for it: only an answered check ends that.
      kept: () => {
        if (this.#connection.state !== "troubled") this.#connection.works();
      },
      failed: (problem) => this.#failed(problem),
    });
    this.#functions = new Functions(
      required("#functions", HTMLElement),
      (line) => this.#goToLine(line),
      () => (this.#dirty() && opening.writable ? this.#saving.save() : Promise.resolve(true)),
    );
    this.#view = this.#makeView(kept?.text ?? opening.text);
    if (kept) this.#restore(kept);
    this.#connectButtons();
    this.#functions.saved(opening.functions);
    this.#showKeeping();
    void this.#checker.now();
    const line = /^#line-(\d+)$/.exec(location.hash)?.[1];
    if (line) this.#goToLine(Math.max(1, Number(line)));
    if (window.matchMedia("(width < 60rem)").matches)
      required("details.side--readings", HTMLDetailsElement).open = false;
  }

  #makeView(text: string): EditorView {
    const place = required("#editor", HTMLElement);
    place.replaceChildren();
    const { writable, addresses } = this.#opening;
    const save = () => {
      if (writable) void this.#saving.save();
      return true;
    };
    const ours = [
      keymap.of([
        { key: "Mod-s", run: save, preventDefault: true },
        { key: "Shift-Alt-f", run: () => (void this.#saving.tidy(), true), preventDefault: true },
      ]),
      this.#mistakes.extension,
      writable ? completing(addresses.complete) : [],
      EditorView.updateListener.of((update) => this.#updated(update)),
    ];
    const view = new EditorView({
      parent: place,
      state: EditorState.create({ doc: text, extensions: editorExtensions(writable, ours) }),
    });
    // A phone would open its keyboard over the page.
    if (writable && window.matchMedia("(pointer: fine)").matches) view.focus();
    // Also outside the text, so that Ctrl-S never opens the browser's own dialog here.
    document.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      save();
    });
    return view;
  }

  #text(): string {
    return this.#view.state.doc.toString();
  }

  #dirty(): boolean {
    return this.#text() !== this.#saved;
  }

  #updated(update: ViewUpdate): void {
    if (update.docChanged) {
      this.#saving.noticed(update);
      this.#keepHere();
      this.#autosave.soon();
      this.#checker.soon();
      this.#showKeeping();
    } else if (update.selectionSet) this.#readings.follow(update.view);
  }

  #keepHere(): void {
    if (!this.#opening.writable) return;
    if (!this.#dirty()) this.#local.forget(this.#saved);
    else this.#local.keep({ text: this.#text(), basedOn: this.#saving.basedOn, when: Date.now() + this.#clockAhead });
  }

  #answered(answer: CheckAnswer): void {
    this.#connection.works();
    // With a mistake in their page examples do not run: what they showed before stays, dimmed, until they do.
    const waiting = answer.examples.length === 0 && answer.messages.some(({ severity }) => severity === "error");
    required("#editor", HTMLElement).dataset.examples = waiting ? "waiting" : "run";
    const examples = waiting ? [] : [setExamples.of(answer.examples)];
    this.#view.dispatch({ effects: [setHighlights.of(answer.highlights), ...examples] });
    this.#mistakes.show(this.#view, answer.messages);
    this.#readings.show(this.#view, answer.readings);
    this.#functions.show(answer.functions);
    this.#status.read(answer);
    const empty = (id: string, isEmpty: boolean) => {
      required(id, HTMLElement).hidden = !isEmpty;
    };
    empty("#no-mistakes", answer.messages.length === 0);
    empty("#no-readings", answer.readings.length === 0);
    empty("#no-functions", answer.functions.length === 0);
  }

  #failed(problem: Unreachable | SignedOut | Refused): void {
    if (problem instanceof Unreachable) this.#connection.fails(problem.answered ? "troubled" : "lost");
    else if (problem instanceof SignedOut) this.#connection.fails("signed-out");
    else say(problem.message, "bad");
  }

  #saveFailed(problem: Unreachable | SignedOut | Refused): void {
    this.#savesLater = !(problem instanceof Refused);
    this.#failed(problem);
    this.#showKeeping();
  }

  #connectionChanged(state: ConnectionState, before: ConnectionState): void {
    this.#showKeeping();
    if (state !== "connected" || before === "connected") return;
    this.#checker.soon();
    if (this.#savesLater) {
      this.#savesLater = false;
      void this.#saving.save();
    } else if (this.#dirty()) this.#autosave.soon();
  }

  #wasSaved(answer: SaveAnswer, untouched: boolean): void {
    this.#connection.works();
    this.#saved = answer.text;
    this.#savesLater = false;
    this.#functions.saved(answer.functions);
    required("#page-title", HTMLElement).textContent = answer.title;
    document.title = document.title.replace(/^.*(?= · )/, () => answer.title);
    if (untouched) {
      this.#autosave.stop();
      this.#local.forget(answer.text);
      required("#restored", HTMLElement).hidden = true;
    } else this.#keepHere();
    this.#showKeeping();
  }

  #showKeeping(): void {
    if (!this.#opening.writable) this.#status.keep({ state: "reading" });
    else if (this.#connection.state === "lost" || this.#connection.state === "troubled")
      this.#status.keep({ state: this.#connection.state, savesLater: this.#savesLater });
    else if (this.#connection.state === "signed-out")
      this.#status.keep({ state: "signed-out", signIn: this.#opening.addresses.signIn });
    else if (this.#dirty()) this.#status.keep({ state: "unsaved" });
    else this.#status.keep({ state: "saved", version: this.#saving.basedOn });
  }

  #restore(kept: Kept): void {
    this.#saving.startFrom(kept.basedOn);
    this.#local.goOnFrom(kept);
    const { draft } = this.#opening;
    if (draft?.text === kept.text) this.#autosave.goOnFrom(draft.updated);
    required("#restored", HTMLElement).hidden = false;
  }

  async #discard(): Promise<void> {
    const answer = await ask(required("#discard", HTMLDialogElement));
    if (answer !== "discard") return;
    this.#saving.startFrom(this.#opening.version);
    this.#view.dispatch({ changes: changesBetween(this.#text(), this.#saved), userEvent: "input.discard" });
    this.#local.forget(this.#saved);
    await this.#autosave.forget();
    required("#restored", HTMLElement).hidden = true;
    this.#view.focus();
    say("Back to the saved text. Undo brings your words back.", "good");
  }

  #goToLine(line: number): void {
    const at = this.#view.state.doc.line(Math.min(line, this.#view.state.doc.lines));
    this.#view.dispatch({
      selection: { anchor: at.to },
      effects: EditorView.scrollIntoView(at.from, { y: "start", yMargin: 24 }),
    });
    this.#view.focus();
  }

  #connectButtons(): void {
    const when = (id: string, act: () => void) =>
      document.querySelector<HTMLElement>(id)?.addEventListener("click", act);
    when("#save", () => void this.#saving.save());
    when("#tidy", () => void this.#saving.tidy());
    when("#discard-draft", () => void this.#discard());
    required("#page-form", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
  }
}
