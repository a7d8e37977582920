import { beforeEach, describe, expect, it } from "vitest";
import { startPasskeyProblems, wordsFor } from "../../../static/src/account/passkeys";

function problem(name: string): Error {
  return Object.assign(new Error("technical words"), { name });
}

describe("a passkey that did not work", () => {
  beforeEach(() => {
    document.body.innerHTML = '<div class="messages" role="status"></div>';
  });

  it.each([
    ["NotAllowedError", "cancelled"],
    ["InvalidStateError", "already part of your account"],
    ["SecurityError", "usual address"],
    ["SomethingElse", "could not use a passkey"],
  ])("%s is answered in plain words", (name, words) => {
    expect(wordsFor(problem(name))).toContain(words);
    expect(wordsFor(problem(name))).not.toContain("technical");
  });

  it("is answered even when what was thrown is no error", () => {
    expect(wordsFor("oops")).toContain("could not use a passkey");
  });

  it("is said in the live region, and not left to the console", () => {
    startPasskeyProblems();
    const event = new CustomEvent("allauth.error", {
      cancelable: true,
      detail: { exception: problem("NotAllowedError") },
    });
    document.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(document.querySelector(".messages")?.textContent).toContain("The passkey was not used");
  });
});
