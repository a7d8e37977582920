/* The design page of a form: order by drag and by keys, a preview that follows, undo, and a warning before work is lost. */
import "./forms/fill.css";
import "./forms/sheet.css";
import "./form-design/design.css";
import { startDragging } from "./form-design/dragging";
import { startFields } from "./form-design/fields";
import { startHistory } from "./form-design/history";
import { startMoving } from "./form-design/moving";
import { startPreview } from "./form-design/preview";
import { startLists } from "./forms/lists";

const form = document.querySelector<HTMLFormElement>("[data-design]");
if (form) {
  for (const part of document.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
  startLists(form);
  const refreshFields = startFields(form);
  const refreshPreview = startPreview(form);
  const changed = startHistory(form, () => {
    refreshFields();
    refreshPreview();
  });
  startMoving(form, changed);
  startDragging(form, changed);
}
