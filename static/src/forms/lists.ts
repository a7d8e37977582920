/* Lists: rows are added, taken out and moved by buttons and keys, each change can be undone and is said aloud. */

export const MOST_ROWS = 1_000;
const NEW_ROW = "__row__";

/** A list on the page, a table or items one under another. */
export interface List {
  box: HTMLElement;
  name: string;
  rows: HTMLElement;
}

export function listAround(element: Element): List | null {
  const box = element.closest<HTMLElement>("[data-list]");
  const rows = box?.querySelector<HTMLElement>("[data-rows]");
  return box && rows ? { box, name: box.dataset.list ?? "", rows } : null;
}

export function rowsOf(list: List): HTMLElement[] {
  return [...list.rows.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
}

export function rowAround(list: List, element: Element): HTMLElement | null {
  return rowsOf(list).find((row) => row.contains(element)) ?? null;
}

/** Puts an empty row at the end. */
export function addRow(list: List): HTMLElement {
  const key = String(Math.max(0, ...rowsOf(list).map((row) => Number(row.dataset.row))) + 1);
  const pattern = list.box.querySelector<HTMLTemplateElement>(":scope > [data-new-row]");
  if (!pattern) throw new Error("a list without a pattern for new rows");
  const made = document.createElement("template");
  made.innerHTML = pattern.innerHTML.replaceAll(`${list.name}.${NEW_ROW}`, `${list.name}.${key}`);
  const row = made.content.firstElementChild as HTMLElement;
  row.dataset.row = key;
  const marker = row.querySelector<HTMLInputElement>(`input[type=hidden][name="${CSS.escape(list.name)}"]`);
  if (marker) marker.value = key;
  list.rows.append(row);
  number(list);
  return row;
}

/** Says each row's number again, after rows came, went or moved. */
export function number(list: List): void {
  rowsOf(list).forEach((row, index) => {
    const place = String(index + 1);
    const shown = row.querySelector<HTMLElement>("[data-number]");
    if (shown) shown.textContent = place;
    for (const cell of row.querySelectorAll<HTMLElement>("[data-column]")) {
      cell.querySelector("[data-control]")?.setAttribute("aria-label", `${cell.dataset.column ?? ""}, row ${place}`);
    }
    for (const button of row.querySelectorAll<HTMLElement>("[data-row-action]")) {
      if (listAround(button)?.box === list.box)
        button.setAttribute("aria-label", `${button.dataset.label ?? ""} ${place}`);
    }
  });
}

/** Remembers a list as it is; calling the result brings it back, with what was filled in. */
export function remember(list: List): () => void {
  const rows = rowsOf(list);
  const controls = [...list.rows.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")];
  const held = controls.map((control) => ({ control, value: control.value, checked: isChecked(control) }));
  return () => {
    list.rows.replaceChildren(...rows);
    for (const { control, value, checked } of held) {
      control.value = value;
      if (control instanceof HTMLInputElement) control.checked = checked;
    }
    number(list);
  };
}

/** Says what was done to a list, and offers to take it back. */
export function report(list: List, words: string, undo?: () => void): void {
  const said = list.box.querySelector<HTMLElement>(":scope > .sheet__foot [data-said]");
  const button = list.box.querySelector<HTMLButtonElement>(":scope > .sheet__foot [data-undo]");
  if (said) said.textContent = words;
  if (!button) return;
  button.hidden = !undo;
  button.onclick = () => {
    undo?.();
    report(list, "Undone.");
    list.rows.querySelector<HTMLElement>("[data-control]")?.focus();
  };
}

export function startLists(form: HTMLFormElement): void {
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row-action]") : null;
    if (!button) return;
    event.preventDefault();
    act(button, button.dataset.rowAction ?? "");
  });
  form.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    const cell = event.target.closest<HTMLElement>(".sheet__table [data-control]");
    if (cell && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      act(cell, event.key === "ArrowUp" ? "up" : "down");
      cell.focus();
    } else if (cell && event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      goBelow(cell);
    }
  });
}

/** Enter in a table goes to the cell below, in a new row after the last one. */
function goBelow(cell: HTMLElement): void {
  const list = listAround(cell);
  const row = list && rowAround(list, cell);
  if (!list || !row) return;
  const rows = rowsOf(list);
  const at = rows.indexOf(row);
  const below = rows[at + 1] ?? (rows.length < MOST_ROWS ? addRow(list) : row);
  const column = [...row.querySelectorAll("[data-control]")].indexOf(cell);
  below.querySelectorAll<HTMLElement>("[data-control]")[column]?.focus();
}

function act(from: HTMLElement, action: string): void {
  const list = listAround(from);
  if (!list) return;
  if (action === "add") {
    if (rowsOf(list).length >= MOST_ROWS) {
      report(list, `A list in a form takes at most ${MOST_ROWS.toLocaleString("en")} rows.`);
      return;
    }
    const row = addRow(list);
    report(list, `Row ${rowsOf(list).length} added.`);
    row.querySelector<HTMLElement>("[data-control]")?.focus();
    return;
  }
  const row = rowAround(list, from);
  if (!row) return;
  if (action === "remove") remove(list, row);
  else move(list, row, action === "up" ? -1 : 1, from);
}

function remove(list: List, row: HTMLElement): void {
  const undo = remember(list);
  const at = rowsOf(list).indexOf(row);
  row.remove();
  if (!rowsOf(list).length) addRow(list);
  number(list);
  report(list, `Row ${at + 1} removed.`, undo);
  const rows = rowsOf(list);
  const next = rows[Math.min(at, rows.length - 1)];
  next?.querySelector<HTMLElement>("[data-row-action=remove]")?.focus();
}

function move(list: List, row: HTMLElement, by: number, from: HTMLElement): void {
  const rows = rowsOf(list);
  const at = rows.indexOf(row);
  const other = rows[at + by];
  if (!other) {
    report(list, by < 0 ? "This is the first row." : "This is the last row.");
    return;
  }
  const undo = remember(list);
  if (by < 0) other.before(row);
  else other.after(row);
  number(list);
  report(list, `Row ${at + 1} is now row ${at + 1 + by}.`, undo);
  from.focus();
}

function isChecked(control: HTMLInputElement | HTMLSelectElement): boolean {
  return control instanceof HTMLInputElement && control.checked;
}
