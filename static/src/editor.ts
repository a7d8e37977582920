/* The page editor: templates/builder/editor.html loads this. */
import "./editor/editor.css";
import { LocalDrafts, unsavedWork } from "./editor/drafts";
import { required } from "./editor/elements";
import { EditorPage } from "./editor/page";
import type { Opening } from "./editor/protocol";

const opening = JSON.parse(required("#opening", HTMLScriptElement).textContent ?? "") as Opening;
const local = new LocalDrafts(opening.person, opening.page);
const here = opening.writable ? await local.find() : null;
new EditorPage(opening, unsavedWork(opening, here), local);
