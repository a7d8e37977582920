/* Sending a form in place: the result appears under it, problems beside their answers. The newest press of a button wins. */
import { say } from "../base/notices";
import { clearProblems, focusFirstProblem, showProblem } from "./problems";
import { Failed, answersOf, send } from "./sending";

interface Answer {
  problems: Record<string, string>;
  summary: string;
  outcome: string;
  steps: string;
}

export function startRunning(form: HTMLFormElement): void {
  let going: AbortController | null = null;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    going?.abort();
    going = new AbortController();
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "run";
    void run(form, button, going.signal);
  });
}

async function run(form: HTMLFormElement, button: string, signal: AbortSignal): Promise<void> {
  const outcome = document.querySelector<HTMLElement>("[data-outcome]");
  outcome?.setAttribute("aria-busy", "true");
  try {
    const url = form.getAttribute("action") || location.pathname;
    show(form, await send<Answer>(url, { answers: answersOf(form), do: button }, signal));
    outcome?.removeAttribute("aria-busy");
  } catch (error) {
    if (signal.aborted) return; // a newer press is on its way
    outcome?.removeAttribute("aria-busy");
    if (!(error instanceof Failed)) throw error;
    say(error.message, "bad");
  }
}

function show(form: HTMLFormElement, answer: Answer): void {
  clearProblems(form);
  for (const [name, words] of Object.entries(answer.problems)) showProblem(name, words);
  const summary = form.querySelector<HTMLElement>("[data-summary]");
  const summaryText = form.querySelector<HTMLElement>("[data-summary-text]");
  if (summary && summaryText) {
    summaryText.textContent = answer.summary;
    summary.hidden = !answer.summary;
  }
  const outcome = document.querySelector<HTMLElement>("[data-outcome]");
  const explained = document.querySelector<HTMLElement>("[data-explained]");
  if (!outcome || !explained) return;
  outcome.innerHTML = answer.outcome;
  explained.innerHTML = answer.steps;
  if (answer.summary) {
    focusFirstProblem(form);
    return;
  }
  for (const part of explained.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
  outcome.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (answer.steps) explained.querySelector<HTMLElement>("summary")?.focus();
}
