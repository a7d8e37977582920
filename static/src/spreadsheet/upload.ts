/* A large file takes a while to arrive: say so, and let nobody send it twice. */

export function startUploads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
    const status = form.querySelector<HTMLElement>("[data-upload-status]");
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    form.addEventListener("submit", () => {
      if (status) status.textContent = "Uploading…";
      button?.setAttribute("aria-disabled", "true");
    });
    // A page that comes back from the browser's memory is ready again.
    window.addEventListener("pageshow", () => {
      if (status) status.textContent = "";
      button?.removeAttribute("aria-disabled");
    });
  }
}
