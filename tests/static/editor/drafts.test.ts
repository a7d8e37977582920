/* Which unsaved work is brought back when a page is opened. */
import { describe, expect, it } from "vitest";
import { unsavedWork } from "../../../static/src/editor/drafts";
import type { Opening } from "../../../static/src/editor/protocol";

const opening: Opening = {
  page: "abc",
  person: "1",
  text: "saved",
  version: 3,
  starter: false,
  writable: true,
  now: 1_000,
  draft: { text: "on the server", basedOn: 2, updated: 500 },
  functions: [],
  addresses: { check: "", complete: "", format: "", draft: "", save: "", signIn: "" },
};
const here = { text: "in this browser", basedOn: 3, when: 700 };

describe("unsavedWork", () => {
  it("is the newer of the two", () => {
    expect(unsavedWork(opening, here)).toEqual(here);
    expect(unsavedWork(opening, { ...here, when: 400 })?.text).toBe("on the server");
    expect(unsavedWork(opening, { ...here, when: 400 })?.basedOn).toBe(2);
  });

  it("is the one that there is", () => {
    expect(unsavedWork(opening, null)?.text).toBe("on the server");
    expect(unsavedWork({ ...opening, draft: null }, here)).toEqual(here);
    expect(unsavedWork({ ...opening, draft: null }, null)).toBeNull();
  });

  it("is nothing when it says what is saved", () => {
    expect(unsavedWork(opening, { ...here, text: "saved" })).toBeNull();
  });

  it("is nothing for those who only read", () => {
    expect(unsavedWork({ ...opening, writable: false }, here)).toBeNull();
  });
});
