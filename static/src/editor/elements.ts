/* Small pieces of page that the editor's panels are made of. */

/** The icon of that name, from the sprite whose address is on <body>; it is decoration, so readers skip it. */
export function iconElement(name: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  const sprite = document.querySelector<HTMLElement>("[data-icons]")?.dataset.icons ?? "";
  use.setAttribute("href", `${sprite}#${name}`);
  icon.append(use);
  return icon;
}

/** An element with a class, holding `parts`. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...parts: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...parts);
  return made;
}

export function button(label: string, className: string, act: () => void): HTMLButtonElement {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** The element that the page must have; its absence is a mistake in the template. */
export function required<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
  return found;
}

/** "1 mistake", "2 mistakes". */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
