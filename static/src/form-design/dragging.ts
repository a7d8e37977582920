/* Changing the order of fields by dragging their handles, with a mouse, a pen or a finger. Escape puts the field back. */
import { fieldsOf, tell, tellPlace } from "./moving";

const EDGE = 90;
const STEP = 14;

export function startDragging(form: HTMLFormElement, changed: () => void): void {
  for (const grip of form.querySelectorAll<HTMLElement>("[data-grip]")) {
    const field = grip.closest<HTMLElement>("[data-field]");
    if (!field) continue;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      drag(form, field, grip, event.pointerId, changed);
    });
  }
}

function drag(
  form: HTMLFormElement,
  field: HTMLElement,
  grip: HTMLElement,
  pointer: number,
  changed: () => void,
): void {
  const before = fieldsOf(form);
  const ending = new AbortController();
  const { signal } = ending;
  grip.setPointerCapture(pointer);
  field.classList.add("design__field--moving");

  const end = () => {
    ending.abort();
    field.classList.remove("design__field--moving");
  };
  const drop = () => {
    end();
    if (fieldsOf(form).every((each, at) => each === before[at])) return;
    tellPlace(form, field);
    changed();
  };
  const putBack = () => {
    end();
    field.parentElement?.replaceChildren(...before);
    tell(form, `${field.dataset.name ?? ""} is back where it was.`);
  };
  grip.addEventListener(
    "pointermove",
    (event) => {
      scrollAlong(event.clientY);
      follow(form, field, event.clientY);
    },
    { signal },
  );
  grip.addEventListener("pointerup", drop, { signal });
  grip.addEventListener("pointercancel", putBack, { signal });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") putBack();
    },
    { signal },
  );
}

/** Scrolls the page while the pointer is near its upper or lower edge. */
function scrollAlong(y: number): void {
  if (y < EDGE) window.scrollBy({ top: -STEP, behavior: "instant" });
  else if (y > window.innerHeight - EDGE) window.scrollBy({ top: STEP, behavior: "instant" });
}

/** Moves the field past each neighbour whose middle the pointer has crossed. */
function follow(form: HTMLFormElement, field: HTMLElement, y: number): void {
  const fields = fieldsOf(form);
  const at = fields.indexOf(field);
  const above = fields[at - 1];
  const below = fields[at + 1];
  // The neighbour moves, not the field: taken out for a moment, its handle would lose the pointer.
  if (above && y < middle(above)) field.after(above);
  else if (below && y > middle(below)) field.before(below);
}

function middle(element: HTMLElement): number {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
