/* "Try it": sends the request that is typed, with the key that is typed, and shows the answer as it came. */

export function startTrying(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-try]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send(form);
    });
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  const status = form.querySelector<HTMLElement>("[data-try-status]");
  const shown = form.querySelector<HTMLElement>("[data-try-answer]");
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (!status || !shown || !button) return;
  const fields = new FormData(form);
  button.disabled = true;
  status.textContent = "Sending…";
  const started = performance.now();
  try {
    const answer = await fetch(form.dataset.try ?? "", {
      method: "POST",
      credentials: "omit",
      headers: {
        Authorization: `Bearer ${text(fields, "key").trim()}`,
        "Content-Type": "application/json",
      },
      body: text(fields, "body"),
    });
    const body = await answer.text();
    const took = Math.max(1, Math.round(performance.now() - started));
    status.textContent = `${answer.status} ${answer.ok ? "done" : "not done"}, after ${took} ms`;
    shown.textContent = pretty(body);
  } catch {
    status.textContent = "The server could not be reached. Please try again.";
  } finally {
    button.disabled = false;
  }
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}

/** JSON spread over lines; anything else as it is. Numbers are not touched, so that long ones stay exact. */
export function pretty(body: string): string {
  const parts = body.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  const spread: string[] = [];
  let depth = 0;
  parts.forEach((part, at) => {
    const before = parts[at - 1] ?? "";
    const after = parts[at + 1] ?? "";
    if (part === "{" || part === "[") {
      spread.push(part);
      depth++;
      if (after !== "}" && after !== "]") spread.push(line(depth));
    } else if (part === "}" || part === "]") {
      depth--;
      if (before !== "{" && before !== "[") spread.push(line(depth));
      spread.push(part);
    } else if (part === ",") {
      spread.push(part, line(depth));
    } else {
      spread.push(part === ":" ? ": " : part);
    }
  });
  return spread.join("");
}

function line(depth: number): string {
  return "\n" + "  ".repeat(Math.max(0, depth));
}
