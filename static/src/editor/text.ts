/* The editor itself: what CodeMirror is put together from, and how another text is taken in with the cursor kept. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { diff } from "@codemirror/merge";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { ChangeSet, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, dropCursor, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { highlights } from "./highlights";
import { lines } from "./lines";

/** The look's <style> must carry the nonce of the page's content security policy. */
export function styleNonce(): Extension {
  const nonce = document.querySelector<HTMLElement>("meta[name=style-nonce]")?.nonce ?? "";
  return EditorView.cspNonce.of(nonce);
}

const LABEL =
  "Text of the page. Escape and then Tab leaves it, Alt and Enter goes to the suggestions for a mistake, F8 to the next mistake.";

export function editorExtensions(writable: boolean, ours: Extension): Extension {
  return [
    styleNonce(),
    lineNumbers(),
    lines,
    highlights,
    history(),
    // What cannot be seen could make a page read otherwise than it runs, so it is shown.
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    closeBrackets(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    EditorState.readOnly.of(!writable),
    EditorView.contentAttributes.of({
      "aria-label": writable ? LABEL : "Text of the page, to read only",
      spellcheck: "true",
      autocapitalize: "sentences",
    }),
    ours,
    keymap.of([
      ...completionKeymap,
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
  ];
}

/** The smallest changes that turn `before` into `after`. */
export function changesBetween(before: string, after: string): ChangeSet {
  const specs = diff(before, after, { scanLimit: 2_000, timeout: 200 }).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: after.slice(fromB, toB),
  }));
  return ChangeSet.of(specs, before.length);
}
