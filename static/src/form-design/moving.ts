/* Changing the order of fields by buttons and by Alt with an arrow key, said aloud. */

export function fieldsOf(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-fields] > [data-field]")];
}

/** Says what was done, for those who do not see it. */
export function tell(form: HTMLFormElement, words: string): void {
  const said = form.querySelector<HTMLElement>("[data-said]");
  if (said) said.textContent = words;
}

export function tellPlace(form: HTMLFormElement, field: HTMLElement): void {
  const fields = fieldsOf(form);
  tell(form, `${field.dataset.name ?? ""} is now number ${fields.indexOf(field) + 1} of ${fields.length}.`);
}

export function startMoving(form: HTMLFormElement, changed: () => void): void {
  const move = (from: HTMLElement, by: number) => {
    const field = from.closest<HTMLElement>("[data-field]");
    if (!field) return;
    const fields = fieldsOf(form);
    const other = fields[fields.indexOf(field) + by];
    if (!other) {
      tell(form, `${field.dataset.name ?? ""} is already ${by < 0 ? "first" : "last"}.`);
      return;
    }
    if (by < 0) other.before(field);
    else other.after(field);
    from.focus();
    field.scrollIntoView({ block: "nearest", behavior: "instant" });
    tellPlace(form, field);
    changed();
  };
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-move]") : null;
    if (!button) return;
    event.preventDefault();
    move(button, button.dataset.move === "up" ? -1 : 1);
  });
  form.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const target = event.target;
    // In a table that is a field's fixed value the same keys move its rows.
    if (!(target instanceof HTMLElement) || !target.closest("[data-field]") || target.closest(".sheet")) return;
    event.preventDefault();
    move(target, event.key === "ArrowUp" ? -1 : 1);
  });
}
