/* Taking in another text: the difference is small, exact, and leaves what was typed meanwhile alone. */
import { ChangeSet, Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../static/src/editor/text";

const texts = [
  "",
  "a",
  "Set the result.\n",
  "set result to 2\nNote: 𝛑\n",
  "Set the result to 2.\nNote: 𝛑\n",
  "x".repeat(5_000),
];

describe("changesBetween", () => {
  it("turns the one text into the other", () => {
    for (const before of texts) {
      for (const after of texts) {
        const changed = changesBetween(before, after).apply(Text.of(before.split("\n")));
        expect(changed.toString()).toBe(after);
      }
    }
  });

  it("leaves alone what is the same", () => {
    expect(changesBetween("one\ntwo\nthree", "one\n2\nthree").mapPos(10)).toBe("one\n2\nth".length);
    expect(changesBetween("same", "same").empty).toBe(true);
  });

  it("can be taken in under what was typed meanwhile", () => {
    const sent = "set result to 2";
    const typed = ChangeSet.of({ from: sent.length, insert: " and more" }, sent.length);
    const tidied = changesBetween(sent, "Set the result to 2.").map(typed);
    const now = typed.apply(Text.of([sent]));
    expect(tidied.apply(now).toString()).toMatch(/^Set the result to 2\.? and more\.?$/);
  });
});
