/* Colours the words of the page as the server read them. Between two answers the marks move with the text, so that
   nothing flickers while somebody types. */
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Highlight } from "./protocol";

const marks = new Map<string, Decoration>();

function markFor(style: string): Decoration {
  let mark = marks.get(style);
  if (!mark) {
    // A mark that grows with what is typed at its end keeps a half-typed word in one colour.
    mark = Decoration.mark({ class: `word-${style}`, inclusiveEnd: style !== "punctuation" });
    marks.set(style, mark);
  }
  return mark;
}

export const setHighlights = StateEffect.define<readonly Highlight[]>();

const words = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setHighlights)) {
        const length = transaction.newDoc.length;
        const ranges = effect.value
          .filter(([start, end]) => start < end && end <= length)
          .map(([start, end, style]) => markFor(style).range(start, end));
        return Decoration.set(ranges, true);
      }
    }
    return shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const highlights: Extension = words;
