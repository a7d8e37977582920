/* Checking an answer when its control is left: in the server's words, so that there is one meaning of every text. */
import { type Control, isControl, showProblem } from "./problems";
import { Failed, type Pair, send } from "./sending";

interface Answer {
  cells: [text: string, problem: string][];
}

const BARE_NUMBER = /^[-+]?[\d.,\s]*\d[\d.,\s]*$/;

/** What the server makes of texts for controls: for each the text its control should hold, and what is wrong with it. */
export async function check(form: HTMLFormElement, cells: Pair[]): Promise<[text: string, problem: string][]> {
  return (await send<Answer>(form.dataset.check ?? "", { cells })).cells;
}

export function startChecking(form: HTMLFormElement): void {
  form.addEventListener("focusout", (event) => {
    if (isControl(event.target)) void checkOne(form, event.target);
  });
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "radio") showProblem(event.target.name, "");
    else if (event.target instanceof HTMLSelectElement && isControl(event.target)) showProblem(event.target.name, "");
  });
}

async function checkOne(form: HTMLFormElement, control: Control): Promise<void> {
  // Nothing is asked for before the form is sent: an empty control is only empty so far.
  if (!(control instanceof HTMLInputElement) || control.type === "checkbox" || !control.value.trim()) return;
  const typed = control.value;
  try {
    const [found] = await check(form, [[control.name, withUnit(form, control)]]);
    if (found && control.value === typed) showProblem(control.name, found[1]);
  } catch (error) {
    // The check comes again with the form itself, which says when the server cannot be reached.
    if (!(error instanceof Failed)) throw error;
  }
}

/** A number with the unit chosen beside it, of a duration; otherwise what was typed. */
function withUnit(form: HTMLFormElement, control: HTMLInputElement): string {
  const unit = form.elements.namedItem(`${control.name}.unit`);
  if (!(unit instanceof HTMLSelectElement) || !BARE_NUMBER.test(control.value.trim())) return control.value;
  return `${control.value.trim()} ${unit.value}`;
}
