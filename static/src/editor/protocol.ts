/* What the page and the server say to each other, and the ways in which asking can fail. docs/editor.md explains it.
   Offsets are UTF-16 code units from the start of the text, as CodeMirror counts; lines start at 1. */

export type WordStyle =
  | "kind"
  | "title"
  | "keyword"
  | "name"
  | "function"
  | "number"
  | "text"
  | "type"
  | "unit"
  | "choice"
  | "note"
  | "punctuation"
  | "unknown";

export type Highlight = readonly [start: number, end: number, style: WordStyle];

export interface Fix {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export interface Message {
  readonly code: string;
  readonly severity: "error" | "warning" | "notice";
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly help: string;
  readonly fixes: readonly Fix[];
}

export interface Reading {
  readonly line: number;
  readonly text: string;
  readonly depth: number;
  /** The heading of a page. */
  readonly title: boolean;
}

export interface Example {
  readonly line: number;
  readonly page: string;
  readonly name: string;
  readonly passed: boolean;
  /** Not when the examples before it took too long. */
  readonly tried: boolean;
  readonly text: string;
}

/** A function of this page: `ready` when it reads without mistakes just now, `run` once a saved one can be run. */
export interface PageFunction {
  readonly name: string;
  readonly line: number;
  readonly ready: boolean;
  readonly run: string | null;
}

export interface CheckAnswer {
  readonly sequence: number;
  readonly highlights: readonly Highlight[];
  readonly messages: readonly Message[];
  readonly readings: readonly Reading[];
  readonly examples: readonly Example[];
  readonly functions: readonly PageFunction[];
  /** How many mistakes the other pages of the project have. */
  readonly elsewhere: number;
}

export interface CompletionOption {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly kind: string;
  readonly start: number;
}

export interface SaveAnswer {
  readonly version: number;
  readonly text: string;
  readonly title: string;
  readonly functions: readonly PageFunction[];
}

export interface DraftAnswer {
  readonly updated: number;
}

/** Somebody else saved the page since: what it says now. */
export interface Newest {
  readonly number: number;
  readonly text: string;
  readonly author: string;
}

/** What the server put into the page when it was opened; times are milliseconds since 1970 by the server's clock. */
export interface Opening {
  readonly page: string;
  readonly person: string;
  readonly text: string;
  readonly version: number;
  readonly starter: boolean;
  readonly writable: boolean;
  readonly now: number;
  readonly draft: { readonly text: string; readonly basedOn: number; readonly updated: number } | null;
  readonly functions: readonly PageFunction[];
  readonly addresses: {
    readonly check: string;
    readonly complete: string;
    readonly format: string;
    readonly draft: string;
    readonly save: string;
    readonly signIn: string;
  };
}

/** The server cannot be reached, or (`answered`) failed. Asking again later may work. */
export class Unreachable extends Error {
  constructor(readonly answered: boolean) {
    super();
  }
}

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

/** The server understood and said no; the message is words for the person. */
export class Refused extends Error {}

/** The page was saved by somebody else meanwhile. */
export class Conflict extends Error {
  constructor(
    words: string,
    readonly newest: Newest,
  ) {
    super(words);
  }
}

/** The token is read for every request, because signing in again in another tab changes it. */
function forgeryToken(): string {
  const cookie = /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie);
  if (cookie?.[1]) return decodeURIComponent(cookie[1]);
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Posts `body` and gives the answer. Throws one of the errors above, or AbortError when `signal` was used. */
export async function post<Answer>(address: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": forgeryToken() },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "manual",
      ...(signal ? { signal } : {}),
    });
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") throw problem;
    throw new Unreachable(false);
  }
  if (response.ok) return (await response.json()) as Answer;
  if (response.status === 401 || response.type === "opaqueredirect") throw new SignedOut();
  if (response.status >= 500 || response.status === 429) throw new Unreachable(true);
  if (response.status === 404) {
    throw new Refused("This page is not there any more, or you may no longer change it. Your text is kept here.");
  }
  const said = (await response.json().catch(() => ({}))) as { words?: string; newest?: Newest };
  if (response.status === 409 && said.newest) throw new Conflict(said.words ?? "", said.newest);
  throw new Refused(said.words ?? "The server did not accept this. Reload the page and try again.");
}
