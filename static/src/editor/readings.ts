/* "How I understood this": each sentence in the language's own wording. The sentence that the cursor is in is marked,
   pointing at one marks its line in the text, and choosing it goes there. One stop for Tab, arrows move inside. */
import type { EditorView } from "@codemirror/view";
import { element } from "./elements";
import { pointAtLine } from "./lines";
import type { Reading } from "./protocol";

export class Readings {
  #view: EditorView | undefined;
  #shown = "";
  #current = -1;

  constructor(private readonly list: HTMLElement) {
    list.addEventListener("keydown", (event) => this.#move(event));
    list.addEventListener("pointerover", (event) => this.#point(event.target));
    list.addEventListener("pointerleave", () => this.#point(null));
    list.addEventListener("focusin", (event) => this.#point(event.target));
    list.addEventListener("focusout", () => this.#point(null));
    list.addEventListener("click", (event) => this.#go(event.target));
  }

  show(view: EditorView, readings: readonly Reading[]): void {
    this.#view = view;
    const saying = JSON.stringify(readings);
    if (saying !== this.#shown) {
      this.#shown = saying;
      this.list.replaceChildren(...readings.map((reading) => this.#item(reading)));
      this.#current = -1;
    }
    this.follow(view);
  }

  /** Marks the reading of the line that the cursor is in. */
  follow(view: EditorView): void {
    const cursor = view.state.doc.lineAt(view.state.selection.main.head).number;
    const buttons = this.#buttons();
    let current = -1;
    buttons.forEach((each, index) => {
      if (Number(each.dataset.line) <= cursor) current = index;
    });
    if (current === this.#current) return;
    this.#current = current;
    buttons.forEach((each, index) => {
      each.tabIndex = index === Math.max(current, 0) ? 0 : -1;
      if (index === current) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    });
    this.#scrollTo(buttons[current]);
  }

  #item(reading: Reading): HTMLLIElement {
    const sentence = element("button", `reading reading--${Math.min(reading.depth, 4)}`, reading.text);
    sentence.type = "button";
    sentence.tabIndex = -1;
    sentence.dataset.line = String(reading.line);
    if (reading.title) sentence.classList.add("reading--title");
    return element("li", "", sentence);
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.list.querySelectorAll<HTMLButtonElement>(".reading")];
  }

  #move(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const targets: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    if (event.key === "Escape") this.#view?.focus();
    const target = buttons[targets[event.key] ?? -1];
    if (here < 0 || !target) return;
    event.preventDefault();
    for (const each of buttons) each.tabIndex = each === target ? 0 : -1;
    target.focus();
  }

  #point(target: EventTarget | null): void {
    const sentence = target instanceof Element ? target.closest<HTMLElement>(".reading") : null;
    this.#view?.dispatch({ effects: pointAtLine.of(sentence ? Number(sentence.dataset.line) : null) });
  }

  #go(target: EventTarget | null): void {
    const sentence = target instanceof Element ? target.closest<HTMLElement>(".reading") : null;
    const view = this.#view;
    if (!sentence || !view) return;
    const number = Math.min(Number(sentence.dataset.line), view.state.doc.lines);
    view.dispatch({ selection: { anchor: view.state.doc.line(number).to }, scrollIntoView: true });
    view.focus();
  }

  /** Scrolls only the list, never the page. */
  #scrollTo(sentence: HTMLElement | undefined): void {
    const box = this.list.closest<HTMLElement>("[data-scrolls]");
    if (!sentence || !box || box.scrollHeight <= box.clientHeight) return;
    const top = sentence.offsetTop - box.offsetTop;
    if (top < box.scrollTop || top + sentence.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = top - box.clientHeight / 3;
    }
  }
}
