/* How whole lines look: `Kind: Name` lines as headings, tables in even columns, examples green or red beside their
   sentence, and the line that the pointer is on in the reading panel. */
import { type EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter, WidgetType } from "@codemirror/view";
import { iconElement } from "./elements";
import type { Example } from "./protocol";

export const setExamples = StateEffect.define<readonly Example[]>();
export const pointAtLine = StateEffect.define<number | null>();

/** An example at the place where its line starts; the place moves with the text. */
interface Placed {
  readonly at: number;
  readonly example: Example;
}

const placedExamples = StateField.define<readonly Placed[]>({
  create: () => [],
  update(placed, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setExamples)) {
        const text = transaction.newDoc;
        return effect.value
          .filter((example) => example.line >= 1 && example.line <= text.lines)
          .map((example) => ({ at: text.line(example.line).from, example }))
          .sort((one, other) => one.at - other.at);
      }
    }
    if (!transaction.docChanged) return placed;
    return placed.map(({ at, example }) => ({ at: transaction.changes.mapPos(at, 1), example }));
  },
});

const pointedLine = StateField.define<number | null>({
  create: () => null,
  update(line, transaction) {
    for (const effect of transaction.effects) if (effect.is(pointAtLine)) return effect.value;
    return transaction.docChanged ? null : line;
  },
});

/** Why an example fails, at the end of its sentence. */
class WhyNot extends WidgetType {
  constructor(
    readonly text: string,
    readonly tried: boolean,
  ) {
    super();
  }

  override eq(other: WhyNot): boolean {
    return other.text === this.text && other.tried === this.tried;
  }

  override toDOM(): HTMLElement {
    const why = document.createElement("span");
    why.className = this.tried ? "why-not" : "why-not why-not--untried";
    why.textContent = this.text;
    return why;
  }
}

const HEADING = Decoration.line({ class: "line-heading" });
const TABLE = Decoration.line({ class: "line-table" });
const BULLET = Decoration.line({ class: "line-bullet" });
const POINTED = Decoration.line({ class: "line-pointed" });
const PASSED = Decoration.line({ class: "line-passed" });
const FAILED = Decoration.line({ class: "line-failed" });

const KIND_LINE = /^\s*(Function|Document|Flow|Device|Gateway|Contract|Integration|Dashboard)\s*:/i;
const TABLE_LINE = /^\s*\|/;
const BULLET_LINE = /^\s*[-*•]\s/;

function decorate(state: EditorState): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const examples = new Map(state.field(placedExamples).map((placed) => [state.doc.lineAt(placed.at).number, placed]));
  const pointed = state.field(pointedLine);
  for (let number = 1; number <= state.doc.lines; number++) {
    const line = state.doc.line(number);
    const example = examples.get(number)?.example;
    if (TABLE_LINE.test(line.text)) builder.add(line.from, line.from, TABLE);
    else if (BULLET_LINE.test(line.text)) builder.add(line.from, line.from, BULLET);
    else if (KIND_LINE.test(line.text)) builder.add(line.from, line.from, HEADING);
    if (example?.tried) builder.add(line.from, line.from, example.passed ? PASSED : FAILED);
    if (number === pointed) builder.add(line.from, line.from, POINTED);
    if (example && !example.passed) {
      builder.add(line.to, line.to, Decoration.widget({ widget: new WhyNot(example.text, example.tried), side: 1 }));
    }
  }
  return builder.finish();
}

const decorations = StateField.define<DecorationSet>({
  create: decorate,
  update: (shown, transaction) =>
    transaction.docChanged || transaction.effects.some((effect) => effect.is(setExamples) || effect.is(pointAtLine))
      ? decorate(transaction.state)
      : shown,
  provide: (field) => EditorView.decorations.from(field),
});

class ExampleMarker extends GutterMarker {
  constructor(
    readonly passed: boolean,
    readonly text: string,
  ) {
    super();
  }

  override eq(other: ExampleMarker): boolean {
    return other.passed === this.passed && other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement("span");
    mark.className = this.passed ? "example-mark example-mark--passed" : "example-mark example-mark--failed";
    mark.title = this.text || "This example passes.";
    mark.append(iconElement(this.passed ? "check" : "cross"));
    return mark;
  }
}

const exampleGutter = gutter({
  class: "cm-examples",
  lineMarker(view, block) {
    const placed = view.state.field(placedExamples).find(({ at }) => at >= block.from && at <= block.to);
    // One that was not tried is neither green nor red: words at its end say so.
    return placed?.example.tried ? new ExampleMarker(placed.example.passed, placed.example.text) : null;
  },
  lineMarkerChange: (update) => update.startState.field(placedExamples) !== update.state.field(placedExamples),
  initialSpacer: () => new ExampleMarker(true, ""),
});

export const lines: Extension = [placedExamples, pointedLine, decorations, exampleGutter];
