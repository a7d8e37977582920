/* The status line: how the text reads ("3 mistakes, 2 examples pass") and where it is kept. What is seen changes at
   once; what is read out waits until the typing pauses, so that a screen reader is not talking all the time. */
import { button, count, element, iconElement, required } from "./elements";
import type { CheckAnswer } from "./protocol";

const QUIET_MS = 900;

export type Keeping =
  | { readonly state: "saved"; readonly version: number }
  | { readonly state: "unsaved" }
  | { readonly state: "saving" }
  | { readonly state: "lost" | "troubled"; readonly savesLater: boolean }
  | { readonly state: "signed-out"; readonly signIn: string }
  | { readonly state: "conflict" }
  | { readonly state: "reading" };

export class Status {
  readonly #reading = required("#status-reading", HTMLElement);
  readonly #keeping = required("#status-keeping", HTMLElement);
  readonly #spoken = required("#status-spoken", HTMLElement);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly showMistakes: () => void) {}

  read(answer: CheckAnswer): void {
    const mistakes = answer.messages.filter(({ severity }) => severity === "error").length;
    const failing = answer.examples.filter(({ passed, tried }) => tried && !passed).length;
    const passing = answer.examples.filter(({ passed }) => passed).length;
    const untried = answer.examples.length - failing - passing;
    const parts = [
      mistakes === 0 ? "No mistakes" : count(mistakes, "mistake", "mistakes"),
      ...(passing > 0 ? [count(passing, "example passes", "examples pass")] : []),
      ...(untried > 0 ? [count(untried, "example not tried", "examples not tried")] : []),
      ...(failing > 0 ? [count(failing, "example fails", "examples fail")] : []),
    ];
    if (answer.elsewhere > 0) parts.push(`${count(answer.elsewhere, "mistake", "mistakes")} on other pages`);
    const words = parts.join(", ");
    const well = mistakes === 0 && failing === 0;
    if (this.#reading.textContent === words) return;
    const toMistakes = button(words, "", this.showMistakes);
    toMistakes.prepend(iconElement(well ? "check" : "alert"));
    this.#reading.replaceChildren(toMistakes);
    this.#reading.dataset.tone = well ? "good" : "bad";
    this.#say(words);
  }

  keep(keeping: Keeping): void {
    this.#keeping.dataset.state = keeping.state;
    switch (keeping.state) {
      case "saved":
        this.#show("check", `Saved as version ${keeping.version}`);
        break;
      case "unsaved":
        this.#show("pencil", "Not saved yet. Your work is kept.");
        break;
      case "saving":
        this.#show("save", "Saving");
        break;
      case "lost":
      case "troubled": {
        const what = keeping.state === "lost" ? "Not connected." : "The server has a problem just now.";
        const later = keeping.savesLater ? " and will be saved as soon as it can be" : "";
        this.#show("offline", `${what} Your work is kept here${later}.`);
        break;
      }
      case "signed-out": {
        this.#show("lock", "Your sign-in has ended. Your work is kept here.");
        const link = element("a", "", "Sign in again");
        link.href = keeping.signIn;
        link.target = "_blank";
        this.#keeping.append(" ", link);
        break;
      }
      case "conflict":
        this.#show("alert", "Somebody else saved this page. Save to compare the two texts.");
        break;
      case "reading":
        this.#show("lock", "You can read this page. Ask an editor of the workspace to change it.");
        break;
    }
  }

  #show(icon: string, words: string): void {
    if (this.#keeping.textContent === words) return;
    this.#keeping.replaceChildren(iconElement(icon), element("span", "", words));
    // Keys come far more often than news: only what is worth hearing is read out.
    if (!["unsaved", "saving"].includes(this.#keeping.dataset.state ?? "")) this.#say(words);
  }

  #say(words: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#spoken.textContent = words;
    }, QUIET_MS);
  }
}
