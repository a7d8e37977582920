/* Completion: what may come next here, from the sentences of the language and the person's own names. */
import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type CompletionOption, post, Refused, SignedOut, Unreachable } from "./protocol";

/** Which of CodeMirror's kinds a kind of ours looks like. */
const TYPES: Record<string, string> = { name: "variable", function: "function", type: "type", choice: "enum" };

export function completing(address: string): Extension {
  return autocompletion({
    override: [(context) => ask(address, context)],
    icons: false,
    activateOnTypingDelay: 60,
    maxRenderedOptions: 60,
    aboveCursor: false,
  });
}

async function ask(address: string, context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (!context.explicit && !/[\p{L}\p{N}]$/u.test(before)) return null;
  const request = new AbortController();
  context.addEventListener("abort", () => request.abort());
  let options: readonly CompletionOption[];
  try {
    const body = { text: context.state.doc.toString(), offset: context.pos };
    ({ options } = await post<{ options: readonly CompletionOption[] }>(address, body, request.signal));
  } catch (problem) {
    // Without an answer there are no suggestions; the status line already says when the connection is gone.
    const expected = problem instanceof Unreachable || problem instanceof SignedOut || problem instanceof Refused;
    if (expected || request.signal.aborted) return null;
    throw problem;
  }
  if (context.aborted || options.length === 0) return null;
  const from = Math.min(...options.map((option) => option.start));
  return {
    from,
    filter: false,
    options: options.map((option) => ({
      label: option.label,
      detail: option.detail,
      type: TYPES[option.kind] ?? "keyword",
      apply: context.state.sliceDoc(from, option.start) + option.insert,
    })),
  };
}
