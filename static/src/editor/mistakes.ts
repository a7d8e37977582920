/* Mistakes: wavy lines in the text, and the list beside it with the whole message and its ready-made fixes as buttons.
   Alt-Enter goes from a sentence to its first fix, Escape goes back; F8 goes to the next mistake. */
import { type Diagnostic, lintKeymap, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { button, element, iconElement } from "./elements";
import type { Fix, Message } from "./protocol";

const SEVERITIES = { error: "error", warning: "warning", notice: "info" } as const;
const ICONS = { error: "cross", warning: "alert", notice: "info" } as const;
const WORDS = { error: "Mistake", warning: "Take care", notice: "Note" } as const;

const setMessages = StateEffect.define<readonly Message[]>();

/** The messages with their places and those of their fixes, moved along with the text as it changes. */
const currentMessages = StateField.define<readonly Message[]>({
  create: () => [],
  update(messages, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMessages)) return effect.value;
    if (!transaction.docChanged) return messages;
    const move = (place: number, side: -1 | 1) => transaction.changes.mapPos(place, side);
    return messages.map((message) => ({
      ...message,
      start: move(message.start, 1),
      end: move(message.end, -1),
      fixes: message.fixes.map((fix) => ({ ...fix, start: move(fix.start, 1), end: move(fix.end, -1) })),
    }));
  },
});

export class Mistakes {
  readonly extension: Extension;
  #shown = "";

  constructor(private readonly list: HTMLElement) {
    this.extension = [
      currentMessages,
      keymap.of([
        { key: "Alt-Enter", run: (view) => this.#goToFix(view) },
        { key: "F8", run: nextDiagnostic },
        ...lintKeymap,
      ]),
    ];
  }

  /** Shows the messages of an answer; offsets are of the text as it is now. */
  show(view: EditorView, messages: readonly Message[]): void {
    const length = view.state.doc.length;
    const inside = messages.map((message) => ({
      ...message,
      start: Math.min(message.start, length),
      end: Math.min(Math.max(message.end, message.start), length),
    }));
    view.dispatch({ effects: setMessages.of(inside) });
    view.dispatch(
      setDiagnostics(
        view.state,
        inside.map((message, index) => this.#diagnostic(message, index)),
      ),
    );
    this.#list(view, inside);
  }

  /** To the first mistake in the list, or to the list's heading when there is none. */
  goTo(): void {
    const section = this.list.closest("section");
    section?.scrollIntoView({ block: "nearest" });
    section?.querySelector<HTMLElement>("li button, li a")?.focus();
  }

  #diagnostic(message: Message, index: number): Diagnostic {
    return {
      from: message.start,
      to: message.end,
      severity: SEVERITIES[message.severity],
      message: message.text,
      renderMessage: () => element("span", "", `${message.text} `, codeLink(message)),
      actions: message.fixes.map((fix, number) => ({
        name: fix.label,
        apply: (view: EditorView) => applyFix(view, index, number),
      })),
    };
  }

  #list(view: EditorView, messages: readonly Message[]): void {
    // The list is made again only when it says something else, so that focus and reading place stay.
    const saying = JSON.stringify(messages.map(({ code, line, text, fixes }) => [code, line, text, fixes]));
    if (saying === this.#shown) return;
    this.#shown = saying;
    const hadFocus = this.list.contains(document.activeElement);
    this.list.replaceChildren(...messages.map((message, index) => this.#item(view, message, index)));
    if (hadFocus) view.focus();
  }

  #item(view: EditorView, message: Message, index: number): HTMLLIElement {
    const place = button(`Line ${message.line}`, "mistake__place", () => {
      const now = view.state.field(currentMessages)[index];
      if (!now) return;
      view.dispatch({ selection: { anchor: now.start, head: now.end }, scrollIntoView: true });
      view.focus();
    });
    const head = element(
      "p",
      "mistake__head",
      iconElement(ICONS[message.severity]),
      element("span", "mistake__kind", WORDS[message.severity]),
      place,
      codeLink(message),
    );
    const item = element(
      "li",
      `mistake mistake--${message.severity}`,
      head,
      element("p", "mistake__text", message.text),
    );
    if (message.fixes.length > 0) {
      const fixes = message.fixes.map((fix: Fix, number) => {
        const apply = button(fix.label, "button button--small", () => {
          applyFix(view, index, number);
          view.focus();
        });
        apply.prepend(iconElement("pencil"));
        return apply;
      });
      item.append(element("div", "mistake__fixes cluster cluster--s", ...fixes));
    }
    item.addEventListener("keydown", (event) => {
      if (event.key === "Escape") view.focus();
    });
    return item;
  }

  /** From the editor to the first fix of the message nearest to the cursor on its line. */
  #goToFix(view: EditorView): boolean {
    const cursor = view.state.selection.main.head;
    const line = view.state.doc.lineAt(cursor);
    const messages = view.state.field(currentMessages);
    const near = messages
      .map((message, index) => ({
        index,
        distance: distance(message, cursor),
        onLine: message.start <= line.to && message.end >= line.from,
      }))
      .filter(({ onLine }) => onLine)
      .sort((one, other) => one.distance - other.distance)[0];
    if (!near) return false;
    const item = this.list.children[near.index];
    const target =
      item?.querySelector<HTMLElement>(".mistake__fixes button") ?? item?.querySelector<HTMLElement>("a, button");
    target?.focus();
    return Boolean(target);
  }
}

function distance(message: Message, cursor: number): number {
  if (cursor < message.start) return message.start - cursor;
  return cursor > message.end ? cursor - message.end : 0;
}

function applyFix(view: EditorView, index: number, number: number): void {
  const fix = view.state.field(currentMessages)[index]?.fixes[number];
  if (!fix || fix.start > fix.end) return;
  view.dispatch({
    changes: { from: fix.start, to: fix.end, insert: fix.replacement },
    selection: { anchor: fix.start + fix.replacement.length },
    scrollIntoView: true,
    userEvent: "input.fix",
  });
}

function codeLink(message: Message): HTMLAnchorElement {
  const link = element("a", "mistake__code", message.code);
  link.href = message.help;
  link.target = "_blank";
  link.setAttribute("aria-label", `${message.code}: more about this message, in a new tab`);
  return link;
}
