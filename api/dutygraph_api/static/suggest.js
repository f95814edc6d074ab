// Suggestions as one types: the list that the page came with is filled anew, from this host. Without script it stays.
const field = document.getElementById("q");
const county = field.form.elements.namedItem("jurisdiction");
const list = document.getElementById("suggestions");
const WAIT_MS = 120;
let timer = 0;
let request = new AbortController();

async function suggest() {
  request.abort();
  request = new AbortController();
  const typed = field.value.trim();
  if (!typed) return;
  const query = new URLSearchParams({ q: typed, jurisdiction: county.value });
  try {
    const answer = await fetch(`/api/v1/suggestions?${query}`, { signal: request.signal });
    if (!answer.ok) return;
    const { suggestions } = await answer.json();
    list.replaceChildren(...suggestions.map(({ name, said }) => {
      const option = document.createElement("option");
      option.value = name;
      if (said !== name) option.label = `${name} · ${said}`;
      return option;
    }));
  } catch (error) {
    // Typed on, or offline: the list stays as it is.
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
  }
}

function later(event) {
  if (event.isComposing) return; // an input method is still choosing characters
  clearTimeout(timer);
  timer = setTimeout(suggest, WAIT_MS);
}

field.addEventListener("input", later);
field.addEventListener("compositionend", later);
