/** Keeps this device in step with a site: what changes there arrives, what was changed here is sent. */
import { Client } from "@vitrail/client";
import { Refused, RequestFailed, Unreachable } from "@vitrail/client/errors";
import * as ops from "@vitrail/client/operations";
import { steps } from "@vitrail/client/sync";
import { store } from "./store.js";

const PAGES = 20;
const AGAIN_MS = 2_000;

/** Return the site of an account: throws what `Client.run` throws, or an Error if there is none. */
export async function siteOf({ server, token, site: slug }) {
  const { site } = await new Client({ server, token }).run(ops.site, { slug });
  if (!site) throw new Error("no such site");
  return { id: site.id, name: site.name };
}

export class Live {
  #isConnected = false;
  #isReached = false;
  #again = 0;
  #client;
  #changed;
  #failed;
  #gone;
  #isSending = false;
  #isFollowing = false;

  /**
   * `changed` is called when there is something else to show, `failed` with what the server has refused, `gone` with a
   * change of what is not there any more.
   */
  constructor({ server, token }, { changed, failed, gone }) {
    this.#client = new Client({ server, token, onLive: (isLive) => this.#turn(isLive) });
    this.#changed = changed;
    this.#failed = failed;
    this.#gone = gone;
  }

  /** Whether what happens there is seen here, and the other way round. */
  get isLive() {
    return this.#isConnected && this.#isReached && navigator.onLine;
  }

  /** Read what has changed since the last time, send what waits, and follow what comes. */
  async begin() {
    await this.#carefully(async () => {
      await this.#read();
      if (!this.#isFollowing) this.#follow();
      await this.send();
    });
  }

  end() {
    clearTimeout(this.#again);
    return this.#client.close();
  }

  /** Send what waits, in its order; whatever somebody else has changed meanwhile waits for a choice. */
  async send() {
    if (this.#isSending) return;
    this.#isSending = true;
    await this.#carefully(async () => {
      for (let next; (next = store.get().outbox.find(({ theirs }) => theirs === undefined)); ) {
        const now = store.now(next);
        if (store.isGone(next)) this.#drop(next);
        else if (now !== next.before && now !== next.value) store.mark(next.key, { theirs: now });
        else await this.#sendOne(next);
        this.#changed();
      }
    });
    this.#isSending = false;
  }

  /** Give a change up that there is no place for, and no row to choose in. */
  #drop(change) {
    store.drop(change.key);
    this.#gone(change);
  }

  async #sendOne({ key, kind, id, value, currency, language }) {
    try {
      if (kind === "price") {
        // What is struck through stays, as long as the price is below it.
        const { compareAt } = store.price({ id, currency });
        const price = { amount: value, currency, compareAt: compareAt > value ? compareAt : null };
        const answer = await this.#client.change(ops.priceSet, { variantId: id, price });
        this.#take(answer.priceSet.product);
      } else {
        // Only what differs is changed in a text, so that a colleague's words around it stay.
        const { node } = store.get().pages.find((page) => page.id === id) ?? {};
        const op = { op: "set_text", target: { id: node }, text: value, locale: language };
        await this.#client.change(ops.pageEdit, { pageId: id, ops: [op], clientMutationId: key });
        await this.#readPage(id);
      }
      store.drop(key);
    } catch (error) {
      if (error instanceof Unreachable || !(error instanceof Refused)) throw error;
      store.drop(key);
      this.#failed(error);
    }
  }

  async #read() {
    const { site } = store.get();
    try {
      await this.#sync();
    } catch (error) {
      if (error.code !== "invalid_input" || !store.get().cursor) throw error;
      store.set({ cursor: null, products: {} }); // the server does not read this cursor any more
      await this.#sync();
    }
    const { site: found } = await this.#client.run(ops.sitePages, { id: site.id, first: PAGES });
    const known = new Map(store.get().pages.map((page) => [page.id, page]));
    store.set({ pages: found.pages.nodes.map(({ id, title }) => ({ texts: {}, ...known.get(id), id, title })) });
    await Promise.all(found.pages.nodes.map(({ id }) => this.#readPage(id)));
  }

  async #sync() {
    const { site, cursor: since } = store.get();
    for await (const step of steps(this.#client, { siteId: site.id, since, kinds: ["PRODUCT"] })) store.apply(step);
  }

  async #readPage(id) {
    const { page } = await this.#client.run(ops.pageBlocks, { id });
    const headline = page?.blocks.find(({ tag }) => tag === "h1");
    const more = { node: headline?.id, texts: headline?.texts ?? {} };
    store.set({ pages: store.get().pages.map((one) => (one.id === id ? { ...one, ...more } : one)) });
    this.#changed();
  }

  #take(product, deletedId) {
    const { cursor } = store.get();
    store.apply({ changed: product ? [product] : [], deleted: deletedId ? [deletedId] : [], cursor });
    this.#changed();
  }

  #follow() {
    this.#isFollowing = true;
    const { site, pages } = store.get();
    this.#each(ops.productChanged, { siteId: site.id }, ({ productChanged: { product, deletedId } }) =>
      this.#take(product, deletedId),
    );
    for (const { id } of pages) this.#each(ops.pageChanged, { pageId: id }, () => this.#readPage(id));
  }

  #each(subscription, variables, take) {
    return this.#carefully(async () => {
      for await (const event of this.#client.follow(subscription, variables)) await take(event);
    });
  }

  #turn(isLive) {
    const isBack = isLive && !this.#isConnected && this.#isReached;
    this.#isConnected = isLive;
    this.#changed();
    if (isBack) this.begin();
  }

  /** Do something; without a network it is done again later, and what the server refuses is told. */
  async #carefully(work) {
    try {
      await work();
      this.#isReached = true;
    } catch (error) {
      this.#isReached = false;
      if (!(error instanceof Unreachable)) return this.#failed(error);
      clearTimeout(this.#again);
      this.#again = setTimeout(() => this.begin(), AGAIN_MS);
    } finally {
      this.#changed();
    }
  }
}

/** Whether the server no longer knows who one is. */
export function isForgotten(error) {
  return error instanceof RequestFailed && error.code === "not_signed_in";
}
