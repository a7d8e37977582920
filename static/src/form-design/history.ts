/* Undo and redo on the design page: what is filled in after each change, gone through back and forth. */
import { tell } from "./moving";

interface State {
  items: Element[];
  values: Map<Control, string | boolean>;
}
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Keeps the states of the form. Gives the function to call after a change that no control tells of by itself. */
export function startHistory(form: HTMLFormElement, refresh: () => void): () => void {
  const undo = form.querySelector<HTMLButtonElement>("[data-history=undo]");
  const redo = form.querySelector<HTMLButtonElement>("[data-history=redo]");
  const states: State[] = [read(form)];
  let at = 0;
  let saving = false;

  const show = () => {
    if (undo) undo.disabled = at === 0;
    if (redo) redo.disabled = at === states.length - 1;
    refresh();
  };
  const changed = () => {
    states.splice(at + 1, Infinity, read(form));
    at++;
    show();
  };
  const go = (by: number) => {
    const state = states[at + by];
    if (!state) return;
    at += by;
    write(form, state);
    tell(form, by < 0 ? "Undone." : "Done again.");
    show();
  };
  form.addEventListener("change", changed);
  form.addEventListener("input", refresh);
  undo?.addEventListener("click", () => go(-1));
  redo?.addEventListener("click", () => go(1));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || isWriting(event.target)) return;
    event.preventDefault();
    go(event.shiftKey ? 1 : -1);
  });
  form.addEventListener("submit", () => (saving = true));
  window.addEventListener("beforeunload", (event) => {
    if (at > 0 && !saving) event.preventDefault();
  });
  return changed;
}

/** Whether the browser's own undo, of text being typed, is meant. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
}

function read(form: HTMLFormElement): State {
  const values = new Map<Control, string | boolean>();
  for (const control of form.querySelectorAll<Control>("input, select, textarea")) {
    values.set(control, isBox(control) ? control.checked : control.value);
  }
  return { items: [...(form.querySelector("[data-fields]")?.children ?? [])], values };
}

function write(form: HTMLFormElement, state: State): void {
  form.querySelector("[data-fields]")?.replaceChildren(...state.items);
  for (const [control, value] of state.values) {
    if (isBox(control)) control.checked = value === true;
    else control.value = String(value);
  }
}

function isBox(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
}
