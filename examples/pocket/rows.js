/** Rows that stay themselves, and with them the focus, while what they show changes. */
import { store } from "./store.js";
import { word } from "./words.js";

const shows = new WeakMap();

export function make(tag, more = {}, ...children) {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children);
  return made;
}

/** Show a row for each item, by its `key`. `begin` makes one and returns it with what shows an item in it. */
export function fill(list, items, begin) {
  const kept = new Set(items.map(({ key }) => key));
  const rows = new Map();
  for (const row of [...list.children]) {
    if (kept.has(row.dataset.key)) rows.set(row.dataset.key, row);
    else row.remove();
  }
  items.forEach((item, at) => {
    let row = rows.get(item.key);
    if (!row) {
      const [made, show] = begin(item);
      made.dataset.key = item.key;
      shows.set(made, show);
      row = made;
    }
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
    shows.get(row)(item);
  });
}

/**
 * A field for something that may be changed. Below it stands what keeps a change back: that there is no network, that
 * it is none, or that somebody else was first.
 *
 * `read` returns what is written, or undefined if that is no value; `write` writes a value as people read it; `push` takes
 * a change that was made, and `settle` one about which somebody has decided.
 */
export function field(input, { read, write, wrong, push, settle }) {
  const said = make("p", { className: "said", id: `said-${crypto.randomUUID()}` });
  let change = null;
  input.setAttribute("aria-describedby", said.id);
  const isWrong = () => input.value !== "" && read(input.value) === undefined;
  input.onchange = () => {
    const value = read(input.value);
    if (value !== undefined) push({ ...change, value, before: store.now(change) });
    else explain();
  };
  const decide = (decision) => {
    const onclick = () => settle(store.waiting(change.of), decision);
    return make("button", { type: "button", textContent: word(decision), onclick });
  };
  const explain = () => {
    const waiting = store.waiting(change.of);
    const isConflict = waiting?.theirs !== undefined;
    input.toggleAttribute("data-waiting", Boolean(waiting));
    input.setAttribute("aria-invalid", String(isWrong()));
    said.hidden = !isWrong() && !waiting;
    said.classList.toggle("conflict", isConflict || isWrong());
    const key = isWrong() ? "wrong" : `${isConflict} ${waiting?.theirs} ${document.documentElement.lang}`;
    if (said.dataset.of === key) return;
    said.dataset.of = key;
    if (isWrong()) said.replaceChildren(wrong());
    else if (isConflict)
      said.replaceChildren(
        make("span", {}, word("meanwhile"), make("q", { textContent: write(waiting.theirs) })),
        decide("mine"),
        decide("theirs"),
      );
    else said.replaceChildren(word("kept"));
  };
  const show = (of) => {
    change = of;
    const value = store.waiting(of.of)?.value ?? store.now(of);
    if (document.activeElement !== input && !isWrong()) input.value = value === null ? "" : write(value);
    explain();
  };
  return [said, show];
}
