/* How far a run is: asks the server now and then, moves the bar, and says it aloud at every tenth. */

const ASK_EVERY_MS = 700;
const ASK_AGAIN_MS = 4_000;

export interface Progress {
  state: string;
  open: boolean;
  rows: number | null;
  done: number;
  failed: number;
  percent: number | null;
}

export function startProgress(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-progress]")) void watch(place);
}

async function watch(place: HTMLElement): Promise<void> {
  let said = -1;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    let now: Progress;
    try {
      const answer = await fetch(place.dataset.progress ?? "", { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      now = (await answer.json()) as Progress;
    } catch {
      // The server may be starting again; the run goes on there by itself.
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      continue;
    }
    if (!now.open) {
      window.location.reload();
      return;
    }
    show(place, now);
    const tenth = Math.floor((now.percent ?? 0) / 10);
    if (tenth > said) {
      said = tenth;
      const aloud = place.querySelector<HTMLElement>("[data-progress-said]");
      if (aloud) aloud.textContent = words(now);
    }
  }
}

function show(place: HTMLElement, now: Progress): void {
  const bar = place.querySelector("progress");
  const text = place.querySelector<HTMLElement>("[data-progress-words]");
  if (bar && now.percent !== null) bar.value = now.percent;
  if (text) text.textContent = words(now);
}

export function words(now: Progress): string {
  if (now.state === "waiting") return "Waiting to start…";
  if (now.percent === null || now.rows === null) return "Reading the file…";
  const problems = now.failed > 0 ? `, ${now.failed.toLocaleString("en")} with a problem` : "";
  return `${now.done.toLocaleString("en")} of ${now.rows.toLocaleString("en")} rows done (${now.percent}%)${problems}.`;
}
