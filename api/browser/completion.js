// What can stand at the cursor of a SPARQL query: keywords, variables of the query, prefixes, classes and properties.
const KEYWORDS = [
  "SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "PREFIX", "DISTINCT", "OPTIONAL", "FILTER", "UNION", "MINUS",
  "GRAPH", "BIND", "VALUES", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "EXISTS", "NOT EXISTS", "COUNT",
  "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "LANG", "STR", "CONTAINS", "STRSTARTS", "REGEX", "IF", "BOUND",
].map((label) => ({ label, type: "keyword", boost: -50 }));

const DECLARED = /PREFIX\s+([\w-]*):/gi;
const VARIABLE = /[?$]\w+/g;

/** The names of the prefixes that a query declares. */
export function declared(text) {
  return new Set(Array.from(text.matchAll(DECLARED), (found) => found[1]));
}

/** Where the line that declares one more prefix goes: after the last one, else in front of everything. */
export function placeOfPrefix(text) {
  let place = 0;
  for (const found of text.matchAll(/^[^\S\n]*PREFIX\s+[\w-]*:\s*<[^>\n]*>[^\S\n]*\n?/gim)) place = found.index + found[0].length;
  return place;
}

/** Puts a term in and declares its prefix when the query does not yet. */
function apply(name, prefixes) {
  return (view, completion, from, to) => {
    const text = view.state.doc.toString();
    const prefix = name.slice(0, name.indexOf(":"));
    const changes = [{ from, to, insert: name }];
    let shift = 0;
    if (!declared(text).has(prefix)) {
      const insert = `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
      changes.push({ from: placeOfPrefix(text), insert });
      shift = insert.length;
    }
    view.dispatch({ changes, selection: { anchor: from + name.length + shift }, userEvent: "input.complete" });
  };
}

function options({ prefixes, terms }) {
  return terms.map(({ name, kind, label, text }) => ({
    label: name,
    detail: label,
    info: text || undefined,
    type: kind === "class" ? "class" : "property",
    apply: apply(name, prefixes),
  }));
}

/** A source of completions; `load` gives the vocabulary of the graph. */
export function completion(load) {
  let offered;
  return async (context) => {
    const word = context.matchBefore(/[?$]?[\w-]*(?::[\w-]*)?/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const text = context.state.doc.toString();
    if (/^[?$]/.test(word.text)) {
      const names = new Set(text.slice(0, word.from).match(VARIABLE) ?? []);
      for (const name of text.slice(word.to).match(VARIABLE) ?? []) names.add(name);
      return { from: word.from, options: Array.from(names, (label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    let vocabulary;
    try {
      vocabulary = await load();
    } catch {
      return { from: word.from, options: KEYWORDS }; // the service is away; the words of the language are known
    }
    if (/PREFIX\s+$/i.test(text.slice(0, word.from))) {
      const lines = Object.entries(vocabulary.prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, apply: `${prefix}: <${iri}>\n` }));
      return { from: word.from, options: lines, validFor: /^[\w-]*:?$/ };
    }
    offered ??= options(vocabulary);
    const all = word.text.includes(":") ? offered : [...offered, ...KEYWORDS];
    return { from: word.from, options: all, validFor: /^[\w-]*(?::[\w-]*)?$/ };
  };
}
