/**
 * What is kept on this device: where one is connected, what was last seen, and what is to be sent.
 *
 * A change waits as `{of, kind, id, value, before, key}`: `before` is what it was made of. Once somebody else has
 * changed the same thing meanwhile, `theirs` is what they made of it, and it waits for one's choice.
 */
const KEY = "pocket/store";
const EMPTY = { account: null, site: null, products: {}, cursor: null, pages: [], outbox: [] };

const kept = { ...EMPTY, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };

export const store = {
  get() {
    return kept;
  },

  /** Change what is kept, on disk before anything else happens. */
  set(change) {
    Object.assign(kept, change);
    localStorage.setItem(KEY, JSON.stringify(kept));
  },

  forget() {
    this.set(EMPTY);
  },

  waiting(of) {
    return kept.outbox.find((change) => change.of === of);
  },

  /** Queue a change; one of the same thing that still waits is replaced, and what it was made of stays. */
  push(change) {
    const { before } = this.waiting(change.of) ?? change;
    const others = kept.outbox.filter(({ of }) => of !== change.of);
    this.set({ outbox: [...others, { ...change, before, key: crypto.randomUUID() }] });
  },

  /** Say more of a change that waits. */
  mark(key, more) {
    this.set({ outbox: kept.outbox.map((one) => (one.key === key ? { ...one, ...more } : one)) });
  },

  /** Let go of a change that was sent or given up, unless it was replaced meanwhile. */
  drop(key) {
    this.set({ outbox: kept.outbox.filter((one) => one.key !== key) });
  },

  /** Do what a step of `sync` says, and keep its cursor with it. */
  apply({ isReset, changed, deleted, cursor }) {
    const products = isReset ? {} : { ...kept.products };
    for (const product of changed) products[product.id] = shortened(product);
    for (const id of deleted) delete products[id];
    this.set({ products, cursor });
  },

  /** What something that may be changed is now, as far as this device knows. */
  now({ kind, id, currency, language }) {
    if (kind === "headline") return kept.pages.find((page) => page.id === id)?.texts[language] ?? null;
    return this.price({ id, currency })?.amount ?? null;
  },

  /** The price of a variant in a currency, if there is one. */
  price({ id, currency }) {
    const variant = Object.values(kept.products).flatMap(({ variants }) => variants).find((one) => one.id === id);
    return variant?.prices.find((price) => price.currency === currency);
  },

  /** Whether what was to be changed is not there any more. */
  isGone({ kind, id, currency }) {
    if (kind === "headline") return !kept.pages.find((page) => page.id === id)?.node;
    return !this.price({ id, currency });
  },
};

/** Only what is shown: a phone has little room. */
function shortened({ id, names, variants }) {
  return { id, names, variants: variants.map(({ id, options, prices }) => ({ id, options, prices })) };
}
