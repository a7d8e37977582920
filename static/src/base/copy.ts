/* A button with data-copies="id" copies the value or text of that element, and says so. */
import { say } from "./notices";

export function startCopying(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest<HTMLElement>("[data-copies]");
    if (button) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const source = document.getElementById(button.dataset.copies ?? "");
  const text = source instanceof HTMLInputElement ? source.value : (source?.textContent ?? "");
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.", "good");
  } catch {
    if (source instanceof HTMLInputElement) source.select();
    say("Your browser did not let the page copy. The text is selected: copy it with Ctrl+C or ⌘C.", "warn");
  }
}
