// The text area of the SPARQL page as a code editor: colours, brackets, completion of what the graph knows.
// The text area stays in the form, hidden, and is what is sent.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorView, drawSelection, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completion } from "./completion.js";

const nonce = document.currentScript.nonce;
const field = document.getElementById("query");
const form = field.form;

let vocabulary;
/** The prefixes and terms of the graph, asked for once, when first needed. */
function terms() {
  vocabulary ??= fetch(field.dataset.terms).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  return vocabulary;
}

const run = { key: "Mod-Enter", run: () => { form.requestSubmit(); return true; } };

// Tab is not bound: it leaves the editor, as it leaves any field.
const view = new EditorView({
  doc: field.value,
  extensions: [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    sparql(),
    syntaxHighlighting(classHighlighter),
    autocompletion({ override: [completion(terms)], icons: false }),
    keymap.of([run, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
    EditorView.contentAttributes.of({ "aria-labelledby": "query-label", autocapitalize: "off", spellcheck: "false" }),
    EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
    EditorView.lineWrapping,
  ],
});
field.after(view.dom);
field.hidden = true;
field.required = false; // the browser could not show its message at a hidden field; the server says the same
document.getElementById("query-label").addEventListener("click", () => view.focus());
