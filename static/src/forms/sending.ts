/* Talking to the server: JSON there and back, with words when it did not work. */

/** Something did not work; the message is whole sentences for people. */
export class Failed extends Error {}

const UNREACHABLE = "The server could not be reached. What you filled in is still here: please try again in a moment.";
const UNEXPECTED = "That did not work, and nothing was changed. Please load the page again and retry.";

export async function send<Answer>(url: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Failed(UNREACHABLE);
  }
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
  const answer: unknown = isJson ? await response.json() : null;
  if (response.ok && answer !== null) return answer as Answer;
  const words = (answer as { error?: unknown } | null)?.error;
  throw new Failed(typeof words === "string" ? words : UNEXPECTED);
}

export type Pair = [name: string, text: string];

/** What a form holds, as it would be posted, without what is not an answer. */
export function answersOf(form: HTMLFormElement): Pair[] {
  return [...new FormData(form)].flatMap(([name, value]): Pair[] =>
    typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== ".do" ? [[name, value]] : [],
  );
}
