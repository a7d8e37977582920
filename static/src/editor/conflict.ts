/* Somebody else saved the page meanwhile: both texts side by side, differences marked, each part can be taken over.
   Whatever is chosen, both texts stay: what is saved becomes a version, and so does what is given up. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { goToNextChunk, MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { ask } from "../base/dialogs";
import { element, iconElement, required } from "./elements";
import type { Newest } from "./protocol";

/** What the person decided: `mine` is their text, with whatever they took over from the other one. */
export type Decision = { readonly choice: "save" | "theirs" | "later"; readonly mine: string };

/** Side by side needs room for two texts. */
const WIDE = "(width >= 48rem)";

export async function settle(words: string, newest: Newest, mine: string, basics: Extension): Promise<Decision> {
  const dialog = required("#conflict", HTMLDialogElement);
  required("#conflict-words", HTMLElement).textContent = words;
  required("#conflict-theirs", HTMLElement).textContent = `What ${newest.author} saved (version ${newest.number})`;
  const place = required("#conflict-texts", HTMLElement);
  const sideBySide = window.matchMedia(WIDE).matches;
  dialog.classList.toggle("conflict--together", !sideBySide);
  const shown = sideBySide ? besides(place, newest.text, mine, basics) : together(place, newest.text, mine, basics);
  const answer = ask(dialog);
  // A long text opens where the two differ.
  goToNextChunk(shown.view);
  const choice = await answer;
  const text = shown.view.state.doc.toString();
  shown.destroy();
  return { choice: choice === "save" || choice === "theirs" ? choice : "later", mine: text };
}

interface Shown {
  readonly view: EditorView;
  destroy(): void;
}

function editing(basics: Extension): Extension {
  return [
    basics,
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "Your text. What you leave here is what will be saved." }),
  ];
}

function besides(place: HTMLElement, theirs: string, mine: string, basics: Extension): Shown {
  const merge = new MergeView({
    parent: place,
    a: {
      doc: theirs,
      extensions: [
        basics,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "The text that was saved by somebody else", tabindex: "0" }),
      ],
    },
    b: { doc: mine, extensions: editing(basics) },
    revertControls: "a-to-b",
    renderRevertControl() {
      const take = element("button", "conflict__take", iconElement("arrow-right"));
      take.type = "button";
      take.title = "Take this part over into your text";
      take.setAttribute("aria-label", take.title);
      return take;
    },
  });
  return { view: merge.b, destroy: () => merge.destroy() };
}

function together(place: HTMLElement, theirs: string, mine: string, basics: Extension): Shown {
  const controls = (type: "reject" | "accept", act: (event: MouseEvent) => void) => {
    const control = element("button", "button button--small", type === "accept" ? "Keep mine" : "Take theirs");
    control.type = "button";
    control.addEventListener("click", act);
    return control;
  };
  const view = new EditorView({
    parent: place,
    doc: mine,
    extensions: [editing(basics), unifiedMergeView({ original: theirs, mergeControls: controls })],
  });
  return { view, destroy: () => view.destroy() };
}
