/* The light/dark switch. The choice is a cookie, so that the server can put it on <html> before anything is painted;
   choosing what the system prefers anyway forgets the choice, and the page follows the system again. */

type Theme = "light" | "dark";

const YEAR_IN_SECONDS = 31_536_000;
const darkPreferred = window.matchMedia("(prefers-color-scheme: dark)");

function shownTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return darkPreferred.matches ? "dark" : "light";
}

function choose(theme: Theme): void {
  const followsSystem = (theme === "dark") === darkPreferred.matches;
  if (followsSystem) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const age = followsSystem ? 0 : YEAR_IN_SECONDS;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

export function startThemeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (!button) return;
  const show = () => button.setAttribute("aria-pressed", String(shownTheme() === "dark"));
  button.addEventListener("click", () => {
    choose(shownTheme() === "dark" ? "light" : "dark");
    show();
  });
  darkPreferred.addEventListener("change", show);
  show();
  button.hidden = false;
}
