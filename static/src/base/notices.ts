/* The messages region at the corner of every page: it is a live region, so what is added is also read out. */

export type NoticeTone = "plain" | "good" | "bad" | "warn";

const GOOD_NEWS_STAYS_MS = 6_000;

export function startNotices(): void {
  const region = document.querySelector(".messages");
  region?.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-dismiss]")) {
      event.target.closest(".notice")?.remove();
    }
  });
}

/** Says `text` in the corner of the page. Good news goes by itself; anything else stays until dismissed,
    and is not said twice while it is there. */
export function say(text: string, tone: NoticeTone = "plain"): void {
  const region = document.querySelector(".messages");
  if (!region) return;
  const said = [...region.querySelectorAll(".notice__body")].some((body) => body.textContent === text);
  if (said) return;
  const notice = document.createElement("div");
  notice.className = `notice notice--${tone}`;
  const body = document.createElement("p");
  body.className = "notice__body";
  body.textContent = text;
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.className = "button button--quiet button--small";
  dismiss.dataset.dismiss = "";
  dismiss.textContent = "Dismiss";
  notice.append(body, dismiss);
  region.append(notice);
  if (tone === "good" || tone === "plain") setTimeout(() => notice.remove(), GOOD_NEWS_STAYS_MS);
}
