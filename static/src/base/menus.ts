/* <details class="menu">: closes on Escape (focus back on its button), on a click elsewhere, and when focus leaves it. */

export function startMenus(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(event.target instanceof Element)) return;
    const menu = event.target.closest<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector<HTMLElement>("summary")?.focus();
  });
  const closeOthers = (target: EventTarget | null) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (target instanceof Node && !menu.contains(target)) menu.open = false;
    }
  };
  document.addEventListener("pointerdown", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
}
