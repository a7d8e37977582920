/* Asks the server what it makes of the text, soon after each change. Only the answer to the newest question counts:
   older requests are aborted, and an answer to a text that is no longer there is dropped. */
import { type CheckAnswer, post, Refused, SignedOut, Unreachable } from "./protocol";

/** Long enough to join the keys of one burst, short enough not to be noticed. */
const PAUSE_MS = 30;

export interface Listener {
  answered(answer: CheckAnswer): void;
  failed(problem: Unreachable | SignedOut | Refused): void;
}

export class Checker {
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: AbortController | undefined;

  constructor(
    private readonly address: string,
    private readonly text: () => string,
    private readonly listener: Listener,
  ) {}

  /** Checks after a short pause without further calls. */
  soon(): void {
    this.#sequence += 1;
    this.#request?.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), PAUSE_MS);
  }

  /** Checks at once. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sequence += 1;
    this.#request?.abort();
    return this.#check();
  }

  async #check(): Promise<void> {
    const sequence = this.#sequence;
    const request = new AbortController();
    this.#request = request;
    try {
      const answer = await post<CheckAnswer>(this.address, { text: this.text(), sequence }, request.signal);
      if (sequence === this.#sequence && answer.sequence === sequence) this.listener.answered(answer);
    } catch (problem) {
      if (sequence !== this.#sequence || request.signal.aborted) return;
      if (problem instanceof Unreachable || problem instanceof SignedOut || problem instanceof Refused) {
        this.listener.failed(problem);
        return;
      }
      throw problem;
    }
  }
}
