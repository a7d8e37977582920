/* Problems beside the answers they belong to: shown in place, tied to the control, and found again by its name. */

export type Control = HTMLInputElement | HTMLSelectElement;

export function isControl(element: unknown): element is Control {
  return element instanceof HTMLElement && element.matches("[data-control]");
}

/** Shows what is wrong with the answer of a control or list by its name; "" takes it away. */
export function showProblem(name: string, words: string): void {
  const note = document.getElementById(`q-${name}-problem`);
  if (note) {
    note.textContent = words;
    note.hidden = !words;
  }
  for (const control of document.getElementsByName(name)) {
    if (control instanceof HTMLInputElement && control.type === "hidden") continue;
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

export function clearProblems(form: HTMLFormElement): void {
  for (const note of form.querySelectorAll<HTMLElement>(".field__error:not([hidden])")) {
    note.textContent = "";
    note.hidden = true;
  }
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

/** Puts the focus where the first problem is, in the order of the page. */
export function focusFirstProblem(form: HTMLFormElement): void {
  const note = form.querySelector<HTMLElement>(".field__error:not([hidden])");
  if (!note) return;
  const control = document.getElementById(note.id.replace(/-problem$/, ""));
  const target = control ?? note.closest("[data-list]")?.querySelector<HTMLElement>("[data-control], button");
  target?.focus();
}
