/* Whether the server can be reached and knows who is asking. While it does not, asks again by itself, soon at first
   and then every ten seconds, and at once when the browser says that the network is back or the person returns. */

export type ConnectionState = "connected" | "lost" | "troubled" | "signed-out";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

export class Connection {
  #state: ConnectionState = "connected";
  #wait = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tryAgain: () => void,
    private readonly changed: (state: ConnectionState, before: ConnectionState) => void,
  ) {
    window.addEventListener("online", () => this.#again());
    window.addEventListener("focus", () => this.#again());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#again());
  }

  get state(): ConnectionState {
    return this.#state;
  }

  works(): void {
    clearTimeout(this.#timer);
    this.#wait = FIRST_WAIT_MS;
    this.#become("connected");
  }

  fails(state: Exclude<ConnectionState, "connected">): void {
    this.#become(state);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.tryAgain, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #again(): void {
    if (this.#state === "connected") return;
    clearTimeout(this.#timer);
    this.#wait = FIRST_WAIT_MS;
    this.tryAgain();
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    const before = this.#state;
    this.#state = state;
    this.changed(state, before);
  }
}
