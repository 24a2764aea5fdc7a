/** A shop and its headlines in one's pocket: works without a network, and is live with one. */
import { isForgotten, Live, siteOf } from "./live.js";
import { field, fill, make } from "./rows.js";
import { store } from "./store.js";
import { language, turn, word } from "./words.js";

const SHOWN = 40;

const at = (id) => document.getElementById(id);
let live = null;
let trouble = "";
let most = SHOWN;
let isDue = false;

/** Draw once, however much has changed. */
function draw() {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    drawFrame();
    if (!store.get().account) return;
    drawProducts();
    drawHeadlines();
  });
}

function drawFrame() {
  const { account, site, outbox } = store.get();
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  at("name").textContent = site?.name ?? "Pocket";
  Object.assign(at("language"), { textContent: word("other"), lang: language === "fr" ? "en" : "fr" });
  at("connect").hidden = account !== null;
  at("shop").hidden = at("pages").hidden = at("tabs").hidden = account === null;
  const conflicts = outbox.filter(({ theirs }) => theirs !== undefined).length;
  const words = account ? [word(live?.isLive ? "live" : "offline")] : [];
  if (outbox.length > conflicts) words.push(word("waiting", outbox.length - conflicts));
  if (conflicts) words.push(word("conflicts", conflicts));
  at("state").textContent = words.join(" · ");
  at("state").dataset.is = outbox.length ? "waiting" : live?.isLive ? "live" : "offline";
  at("trouble").textContent = trouble;
  const shown = location.hash === "#pages" ? "#pages" : "#shop";
  for (const tab of at("tabs").children) tab.ariaCurrent = tab.hash === shown ? "page" : null;
}

// ---- products -------------------------------------------------------------------------------

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function drawProducts() {
  const products = Object.values(store.get().products);
  const currencies = new Set(products.flatMap(({ variants }) => variants.flatMap(({ prices }) => prices.map((p) => p.currency))));
  drawCurrencies([...currencies].sort());
  const currency = at("currency").value;
  const wanted = fold(at("search").value.trim());
  const found = products
    .map(({ id, names, variants }) => ({
      key: `${id} ${currency}`,
      name: names[language] ?? Object.values(names)[0] ?? "",
      variants: variants.filter(({ prices }) => prices.some((price) => price.currency === currency)),
      currency,
    }))
    .filter(({ name, variants }) => variants.length > 0 && fold(name).includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  at("search").placeholder = at("search").ariaLabel = word("search");
  at("search").hidden = products.length < 8;
  at("none").textContent = found.length ? "" : word(wanted ? "notFound" : "none");
  at("more").hidden = found.length <= most;
  at("more").textContent = word("more", found.length - most);
  fill(at("products"), found.slice(0, most), productRow);
}

function drawCurrencies(all) {
  const select = at("currency");
  select.ariaLabel = word("currency");
  select.hidden = all.length < 2;
  if (String([...select.options].map(({ value }) => value)) === String(all)) return;
  const chosen = select.value || (all.includes("EUR") ? "EUR" : all[0]);
  select.replaceChildren(...all.map((value) => make("option", { value, textContent: value, selected: value === chosen })));
}

function productRow() {
  const name = make("h3");
  const list = make("ul", { className: "variants" });
  const show = (product) => {
    name.textContent = product.name;
    const prices = product.variants.map(({ id, options }) => ({
      key: id,
      of: `price ${id} ${product.currency}`,
      kind: "price",
      id,
      currency: product.currency,
      name: product.name,
      variant: Object.values(options).join(", "),
    }));
    fill(list, prices, priceRow);
  };
  return [make("li", { className: "card" }, name, list), show];
}

function digitsOf(currency) {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
}

function unitOf(currency) {
  const parts = new Intl.NumberFormat(language, { style: "currency", currency }).formatToParts(0);
  return parts.find(({ type }) => type === "currency").value;
}

/** Read "12,50 €", "1 234.5" or "12": the amount in minor units, or undefined. */
function amountOf(text, digits) {
  const bare = text.replace(/[\s\u00a0\u202f\p{L}\p{Sc}]/gu, "").replace(",", ".");
  if (!/^\d{1,12}(\.\d*)?$/.test(bare)) return undefined;
  const amount = Number(bare) * 10 ** digits;
  return Math.abs(amount - Math.round(amount)) < 1e-6 ? Math.round(amount) : undefined;
}

function priceRow({ currency }) {
  const digits = digitsOf(currency);
  const write = (amount) =>
    (amount / 10 ** digits).toLocaleString(language, { minimumFractionDigits: digits, useGrouping: false });
  const input = make("input", { inputMode: "decimal", autocomplete: "off", enterKeyHint: "done" });
  const label = make("span");
  const unit = make("span", { className: "unit", ariaHidden: "true" });
  const read = (text) => amountOf(text, digits);
  const wrong = () => word("wrong", write(1250));
  const [said, show] = field(input, { read, write, wrong, push, settle });
  input.onkeydown = ({ key }) => key === "Enter" && input.blur();
  const row = make("li", {}, label, make("span", { className: "price" }, input, unit), said);
  return [
    row,
    (item) => {
      label.textContent = item.variant;
      unit.textContent = unitOf(currency);
      input.ariaLabel = word("price", [item.name, item.variant].filter(Boolean).join(", "), currency);
      show(item);
    },
  ];
}

// ---- headlines ------------------------------------------------------------------------------

function drawHeadlines() {
  const rows = store
    .get()
    .pages.filter(({ node }) => node)
    .map(({ id, title }) => ({
      key: `${id} ${language}`,
      of: `headline ${id} ${language}`,
      kind: "headline",
      id,
      language,
      title,
    }));
  fill(at("headlines"), rows, headlineRow);
}

function headlineRow() {
  const area = make("textarea", { rows: 2 });
  const page = make("h3");
  const [said, show] = field(area, { read: (text) => text, write: (text) => text, push, settle });
  const row = make("li", { className: "card" }, page, area, said);
  return [
    row,
    (item) => {
      page.textContent = item.title;
      area.ariaLabel = word("headline", item.title);
      show(item);
    },
  ];
}

// ---- doing ----------------------------------------------------------------------------------

function push({ of, kind, id, value, before, currency, language: written }) {
  if (value === before && !store.waiting(of)) return draw();
  trouble = "";
  store.push({ of, kind, id, value, before, currency, language: written });
  draw();
  live.send();
}

/** Keep one's own change although somebody else was first, or let it go. */
function settle({ key, theirs }, decision) {
  if (decision === "mine") store.mark(key, { before: theirs, theirs: undefined });
  else store.drop(key);
  draw();
  live.send();
}

function begin() {
  const { account } = store.get();
  if (account) {
    live = new Live(account, { changed: draw, failed, gone });
    live.begin();
  }
  draw();
}

function failed(error) {
  trouble = isForgotten(error) ? word("forgotten") : word("refused", error.message);
  if (isForgotten(error)) leave();
  draw();
}

function gone({ value, currency }) {
  trouble = word("gone", currency ? `${value / 10 ** digitsOf(currency)} ${currency}` : value);
  draw();
}

function leave() {
  live?.end();
  live = null;
  store.forget();
  draw();
}

at("connect").onsubmit = async (event) => {
  event.preventDefault();
  const account = Object.fromEntries(new FormData(event.target));
  trouble = "";
  try {
    const site = await siteOf(account);
    store.set({ account, site });
    begin();
  } catch (error) {
    trouble = word(error.name === "Unreachable" ? "unreachable" : isForgotten(error) ? "forgotten" : "noSite");
    draw();
  }
};
at("leave").onclick = () => {
  if (!store.get().outbox.length || confirm(word("sure"))) leave();
};
at("language").onclick = () => {
  turn();
  draw();
};
at("search").oninput = at("currency").onchange = () => {
  most = SHOWN;
  draw();
};
at("more").onclick = () => {
  most += SHOWN;
  draw();
};
addEventListener("hashchange", () => {
  scrollTo(0, 0);
  draw();
});
addEventListener("online", () => live?.begin());
addEventListener("offline", draw);
begin();
