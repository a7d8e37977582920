/* The page of a form: running in place, problems beside their answers, lists as tables to edit, steps one by one. */
import "./forms/fill.css";
import "./forms/sheet.css";
import "./forms/steps.css";
import { startChecking } from "./forms/checking";
import { startLists } from "./forms/lists";
import { startPasting } from "./forms/pasting";
import { startRunning } from "./forms/running";
import { startSteps } from "./forms/steps";

const form = document.querySelector<HTMLFormElement>("[data-fill]");
if (form) {
  for (const part of document.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
  startLists(form);
  startPasting(form);
  startChecking(form);
  startRunning(form);
  startSteps();
}
