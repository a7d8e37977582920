/* Stepping through an explanation: one step is open at a time; buttons and arrow keys go on and back, and it is said aloud. */

export function startSteps(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-step]") : null;
    const section = button?.closest<HTMLElement>("[data-steps]");
    if (button && section) go(section, button.dataset.step === "next" ? 1 : -1);
  });
  document.addEventListener("keydown", (event) => {
    const summary = event.target instanceof Element ? event.target.closest("[data-steps] summary") : null;
    const section = summary?.closest<HTMLElement>("[data-steps]");
    if (!section || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    go(section, event.key === "ArrowDown" ? 1 : -1)
      ?.querySelector<HTMLElement>("summary")
      ?.focus();
  });
}

/** Opens the step after or before the open one; gives it, or null at either end. */
function go(section: HTMLElement, by: number): HTMLDetailsElement | null {
  const steps = [...section.querySelectorAll<HTMLDetailsElement>("details")];
  const open = steps.findIndex((step) => step.open);
  const step = steps[open + by];
  const said = section.querySelector<HTMLElement>("[data-step-said]");
  if (!step) {
    if (said) said.textContent = by > 0 ? "This is the last step." : "This is the first step.";
    return null;
  }
  steps.forEach((each) => (each.open = each === step));
  step.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (said) said.textContent = `Step ${open + by + 1} of ${steps.length}: ${step.innerText}`;
  return step;
}
