/* What goes together on the design page: a field that is not asked for needs a value; a colour is chosen only if wanted. */

/** Shows and hides what depends on a box being ticked, now and on every change; gives the function that does it again. */
export function startFields(form: HTMLFormElement): () => void {
  const refresh = () => {
    for (const box of form.querySelectorAll<HTMLInputElement>("[data-shows]")) {
      const fixed = box.closest("[data-field]")?.querySelector<HTMLElement>("[data-fixed]");
      if (fixed) fixed.hidden = box.checked;
    }
    const own = form.elements.namedItem("own_accent");
    const colour = form.elements.namedItem("accent");
    if (own instanceof HTMLInputElement && colour instanceof HTMLInputElement) colour.hidden = !own.checked;
  };
  refresh();
  return refresh;
}
