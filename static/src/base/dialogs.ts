/* Native <dialog>s. A button with data-opens="id" opens one, one with data-closes closes its own.
   A form with data-confirm="id" asks first: it is sent only from that dialog's [data-confirms] button. */

export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest<HTMLElement>("[data-opens]");
    if (opener) openDialog(opener.dataset.opens ?? "");
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const question = form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    const dialog = openDialog(question);
    dialog?.querySelector<HTMLElement>("[data-confirms]")?.addEventListener(
      "click",
      () => {
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter as HTMLElement | null);
      },
      { once: true },
    );
  });
}

function openDialog(id: string): HTMLDialogElement | null {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return null;
  dialog.showModal();
  return dialog;
}

/** Asks a question in a dialog of the page; resolves with the value of the button that closed it, "" for Escape. */
export function ask(dialog: HTMLDialogElement): Promise<string> {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
