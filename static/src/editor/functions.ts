/* The functions of this page, each with its way to the form that runs it. Running means running what is saved, so
   unsaved text is saved first. */
import { element, iconElement } from "./elements";
import type { PageFunction } from "./protocol";

export class Functions {
  #runs = new Map<string, string>();
  #latest: readonly PageFunction[] = [];

  constructor(
    private readonly list: HTMLElement,
    private readonly goToLine: (line: number) => void,
    private readonly beforeRunning: () => Promise<boolean>,
  ) {
    list.addEventListener("click", (event) => void this.#run(event));
  }

  /** Remembers where the saved functions run, and shows them. */
  saved(functions: readonly PageFunction[]): void {
    this.#runs = new Map(functions.flatMap(({ name, run }) => (run ? [[name, run]] : [])));
    this.show(functions);
  }

  show(functions: readonly PageFunction[]): void {
    const same = JSON.stringify(functions) === JSON.stringify(this.#latest) && this.list.childElementCount > 0;
    this.#latest = functions;
    if (!same) this.list.replaceChildren(...functions.map((each) => this.#item(each)));
  }

  #item(each: PageFunction): HTMLLIElement {
    const name = element("button", "function-row__name", each.name);
    name.type = "button";
    name.addEventListener("click", () => this.goToLine(each.line));
    const address = each.run ?? this.#runs.get(each.name);
    const item = element("li", "function-row", name);
    if (!each.ready) {
      const words = address ? "has mistakes; the last good version runs" : "has mistakes";
      item.append(element("span", "function-row__state muted small", words));
    }
    if (address) {
      const run = element("a", "button button--small", iconElement("play"), "Run");
      run.href = address;
      run.setAttribute("aria-label", `Run ${each.name}`);
      item.append(run);
    } else if (each.ready) {
      item.append(element("span", "function-row__state muted small", "save to run it"));
    }
    return item;
  }

  async #run(event: MouseEvent): Promise<void> {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain) return;
    event.preventDefault();
    if (await this.beforeRunning()) location.assign(link.href);
  }
}
