/* Pasting rows from a spreadsheet into a table: from the cell with the focus on, with rows added as needed. A first row
   with the names of columns says which column each cell belongs to. */
import { check } from "./checking";
import { MOST_ROWS, type List, addRow, listAround, remember, report, rowAround, rowsOf } from "./lists";
import { type Control, isControl, showProblem } from "./problems";
import { Failed, type Pair } from "./sending";
import { readCells } from "./tsv";

export function startPasting(form: HTMLFormElement): void {
  form.addEventListener("paste", (event) => {
    if (!isControl(event.target) || !event.target.closest(".sheet__table")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n\r]/.test(text.trimEnd())) return; // one cell: the browser pastes it
    event.preventDefault();
    void paste(form, event.target, readCells(text));
  });
}

async function paste(form: HTMLFormElement, from: Control, given: string[][]): Promise<void> {
  const list = listAround(from);
  const row = list && rowAround(list, from);
  if (!list || !row) return;
  const columns = columnsOf(list);
  const named = given.length > 1 ? columnsNamed(columns, given[0] ?? []) : null;
  const cells = named ? given.slice(1) : given;
  const start = rowsOf(list).indexOf(row);
  if (start + cells.length > MOST_ROWS) {
    report(list, `A list in a form takes at most ${MOST_ROWS.toLocaleString("en")} rows, so nothing was pasted.`);
    return;
  }
  const undo = remember(list);
  const first = controlsOf(row).indexOf(from);
  const targets: [control: Control, text: string][] = [];
  cells.forEach((texts, down) => {
    const controls = controlsOf(rowsOf(list)[start + down] ?? addRow(list));
    texts.forEach((text, across) => {
      const control = controls[named ? (named[across] ?? -1) : first + across];
      if (control) targets.push([control, text]);
    });
  });
  try {
    const found = await check(
      form,
      targets.map(([control, text]): Pair => [control.name, text]),
    );
    let wrong = 0;
    found.forEach(([text, problem], index) => {
      const control = targets[index]?.[0];
      if (!control) return;
      put(control, text);
      showProblem(control.name, problem);
      if (problem) wrong++;
    });
    const done = `${count(cells.length, "row")} pasted.`;
    report(list, wrong ? `${done} ${count(wrong, "cell")} could not be read: see the notes in the table.` : done, undo);
  } catch (error) {
    undo();
    if (!(error instanceof Failed)) throw error;
    report(list, error.message);
  }
}

function controlsOf(row: HTMLElement): Control[] {
  return [...row.querySelectorAll<Control>("[data-control]")];
}

function columnsOf(list: List): string[] {
  return [...list.box.querySelectorAll<HTMLElement>("thead [data-column]")].map((head) => head.dataset.column ?? "");
}

/** For each cell of a row the column it names, when all that is in the row are names of columns; otherwise null. */
function columnsNamed(columns: string[], cells: string[]): number[] | null {
  const known = columns.map(plain);
  const named = cells.map((cell) => known.indexOf(plain(cell)));
  const isHead = named.some((at) => at >= 0) && cells.every((cell, at) => !cell.trim() || (named[at] ?? -1) >= 0);
  return isHead ? named : null;
}

function plain(name: string): string {
  return name
    .replace(/\(.*\)$/, "")
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, " ");
}

function put(control: Control, text: string): void {
  if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = text === "yes";
  else control.value = text;
}

function count(number: number, word: string): string {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
