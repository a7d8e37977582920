/* allauth's own scripts do the passkeys; here a passkey that did not work is answered in plain words. */
import { say } from "../base/notices";

export function startPasskeyProblems(): void {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const exception: unknown = (event as CustomEvent<{ exception: unknown }>).detail.exception;
    say(wordsFor(exception), "bad");
  });
}

/** What to tell somebody whose passkey did not work. The names are those of the WebAuthn standard. */
export function wordsFor(exception: unknown): string {
  const name = exception instanceof Error ? exception.name : "";
  if (name === "NotAllowedError") return "The passkey was not used: it was cancelled, or it took too long. Try again.";
  if (name === "InvalidStateError") return "This passkey is already part of your account.";
  if (name === "SecurityError") return "Passkeys do not work at this address. Open the app by its usual address.";
  return "This browser could not use a passkey. Use your password, or try another browser.";
}
