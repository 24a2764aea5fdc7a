import * as Y from "yjs";
import type { Place, Target } from "./commands";
import { defaultLocale, localeNames, type Page, readPage } from "./documents";
import { invalid, notFound } from "./errors";
import { countSeeds, MAX_DEPTH, MAX_NODES, Planter, type Seed, seedDepth } from "./fragments";
import type { Random } from "./keys";
import { accepts } from "./primitives";
import { resolvePlace, resolveTarget, type Spot } from "./targets";
import { PageTree, ROOT, TRASH } from "./tree";
import { isLocale } from "./values";

/** What a run knows besides the documents. */
export interface Context {
  /** Language of texts that name none; the site's default when absent. */
  readonly locale?: string | undefined;
  readonly selection: readonly string[];
  /** What the previous run made or changed. */
  readonly last?: readonly string[] | undefined;
  /** Origin of the transactions, by which undo knows whose they are; `local` when absent. */
  readonly origin?: unknown;
  readonly newId?: (() => string) | undefined;
  readonly random?: Random | undefined;
}

/** An operation for the server, which owns pages: the name, its place in the run, its fields. */
export interface PageRequest {
  readonly op: "add_page" | "remove_page" | "undo" | "duplicate";
  readonly at: number;
  readonly [field: string]: unknown;
}

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A node id: 12 random base-62 characters, 71 bits. */
export function randomId(): string {
  let id = "";
  while (id.length < 12) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      // Bytes from 248 up would make the first digits likelier than the others.
      if (byte < 248 && id.length < 12) id += DIGITS.charAt(byte % 62);
    }
  }
  return id;
}

/** The documents of a run and what its operations know of each other. */
export class Workbench {
  readonly page: Y.Doc;
  readonly site: Y.Doc;
  readonly origin: unknown;
  readonly newId: () => string;
  readonly random: Random;
  readonly requests: PageRequest[] = [];
  last: readonly string[];
  place = 0;
  readonly #context: Context;

  constructor(page: Y.Doc, site: Y.Doc, context: Context) {
    this.page = page;
    this.site = site;
    this.origin = context.origin ?? "local";
    this.newId = context.newId ?? randomId;
    this.random = context.random ?? Math.random;
    this.last = context.last ?? [];
    this.#context = context;
  }

  read(): Page {
    return readPage(this.page);
  }

  language(given: string | null | undefined): string {
    const locale = given || this.#context.locale || defaultLocale(this.site);
    if (!isLocale(locale)) throw invalid(`'${locale}' is not a language tag`);
    return locale;
  }

  locales(): string[] {
    return localeNames(this.site);
  }

  resolve(page: Page, target: Target): string[] {
    return resolveTarget(page, target, this.#references());
  }

  spot(page: Page, place: Place | null | undefined, moving: readonly string[] = []): Spot {
    return resolvePlace(page, place, this.#references(), moving);
  }

  request(op: PageRequest["op"], fields: Readonly<Record<string, unknown>>): string[] {
    const given = Object.entries(fields).filter(([, value]) => (value ?? null) !== null);
    this.requests.push({ op, at: this.place, ...Object.fromEntries(given) });
    return [];
  }

  /** Set or, with null, delete one key; what it holds already is not written again. */
  set(
    doc: Y.Doc,
    path: readonly [string, string, string] | readonly [string, string],
    value: unknown,
  ): void {
    const [root, first, key] = path;
    const map = key === undefined ? doc.getMap(root) : doc.getMap(root).get(first);
    if (!(map instanceof Y.Map)) throw notFound(`there is nothing at ${root}/${first}`);
    const name = key ?? first;
    if (value === null ? !map.has(name) : map.get(name) === value) return;
    doc.transact(() => {
      if (value === null) map.delete(name);
      else map.set(name, value);
    }, this.origin);
  }

  /** Make nodes in the trash, then place their tops: only the placement can be undone. */
  plantAt(page: Page, seeds: readonly Seed[], spot: Spot): string[] {
    if (seeds.length === 0) throw invalid("there is nothing to insert");
    checkParent(
      page,
      spot.parent,
      seeds.map((seed) => seed.type),
    );
    if (page.nodes.size + countSeeds(seeds) > MAX_NODES) {
      throw invalid(`a page has at most ${MAX_NODES} nodes`);
    }
    checkDepth(page, spot.parent, seedDepth(seeds));
    const tree = new PageTree(this.page, this.random);
    const places = tree.positionsAt(spot.parent, spot.index, seeds.length, page.tree);
    const locales = this.locales();
    const counter = tree.tick();
    const planter = new Planter(tree.nodes, locales, counter, this.newId, this.random);
    const tops = this.page.transact(() => planter.plant(seeds), "create");
    const placed = counter + countSeeds(seeds);
    this.page.transact(() => {
      tops.forEach((top, offset) => {
        this.set(this.page, ["nodes", top, "pos"], { ...places[offset], c: placed + offset });
      });
    }, this.origin);
    this.last = tops;
    return tops;
  }

  placeNodes(page: Page, moving: readonly string[], spot: Spot): void {
    const tree = new PageTree(this.page, this.random);
    const places = tree.positionsAt(
      spot.parent,
      spot.index,
      moving.length,
      page.tree,
      new Set(moving),
    );
    this.page.transact(() => {
      moving.forEach((id, place) => {
        const register = { ...places[place], pp: page.tree.parents.get(id) ?? TRASH };
        this.set(this.page, ["nodes", id, "pos"], register);
      });
    }, this.origin);
  }

  #references() {
    return { selection: this.#context.selection, last: this.last };
  }
}

export function checkParent(page: Page, parent: string, types: readonly string[]): void {
  const owner = parent === ROOT ? null : (page.nodes.get(parent)?.type ?? "box");
  for (const type of types) {
    if (owner !== null && !accepts(owner, type)) {
      throw invalid(`${owner} cannot contain ${type}`, "name a section, box, grid or stack");
    }
  }
}

export function checkDepth(page: Page, parent: string, height: number): void {
  let depth = height;
  let at: string | undefined = parent;
  while (at !== undefined && at !== ROOT && at !== TRASH) {
    depth++;
    at = page.tree.parents.get(at);
  }
  if (depth > MAX_DEPTH) throw invalid(`a page is at most ${MAX_DEPTH} levels deep`);
}
