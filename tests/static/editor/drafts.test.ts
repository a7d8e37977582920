/* Which unsaved work is brought back when a page is opened. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LocalDrafts, unsavedWork } from "../../../static/src/editor/drafts";
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

describe("LocalDrafts", () => {
  const key = "plainspark:draft:1:abc";
  const kept = (text: string) => ({ text, basedOn: 1, when: 1 });

  beforeEach(() => {
    localStorage.clear();
    // This browser-like environment has no IndexedDB; only what is in localStorage is looked at here.
    vi.stubGlobal("indexedDB", { open: () => ({}) });
  });

  it("leaves what another tab kept when this one is saved", () => {
    const mine = new LocalDrafts("1", "abc");
    mine.keep(kept("mine"));
    new LocalDrafts("1", "abc").keep(kept("of another tab"));
    mine.forget("mine, saved");
    expect(localStorage.getItem(key)).toContain("of another tab");
  });

  it("forgets what it kept itself, went on from, or what is saved", () => {
    const kinds: ((drafts: LocalDrafts) => void)[] = [
      (drafts) => drafts.keep(kept("mine")),
      (drafts) => drafts.goOnFrom(kept("mine")),
      () => undefined,
    ];
    for (const [at, prepare] of kinds.entries()) {
      localStorage.setItem(key, JSON.stringify(kept("mine")));
      const drafts = new LocalDrafts("1", "abc");
      prepare(drafts);
      drafts.forget(at === 2 ? "mine" : "saved");
      expect(localStorage.getItem(key)).toBeNull();
    }
  });
});
