/* The preview: made by the server from what is filled in, a moment after the last change. */
import { say } from "../base/notices";

const PAUSE_MS = 250;

/** Gives the function that brings the preview up to date. */
export function startPreview(form: HTMLFormElement): () => void {
  let waiting: number | undefined;
  let going: AbortController | null = null;
  let said = false;

  const load = async () => {
    going?.abort();
    going = new AbortController();
    const { signal } = going;
    try {
      const response = await fetch(form.dataset.preview ?? "", { method: "POST", body: new FormData(form), signal });
      if (!response.ok) throw new TypeError("no preview");
      const html = await response.text();
      const place = document.querySelector("[data-preview-of]");
      if (place && !signal.aborted) place.innerHTML = html;
      said = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TypeError)) throw error;
      if (!said) say("The preview could not be brought up to date: the server could not be reached.", "warn");
      said = true;
    }
  };
  return () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void load(), PAUSE_MS);
  };
}
