import * as Y from "yjs";
import { defaultTheme, primitives } from "./primitives";
import { type Run, readRuns } from "./rich-text";
import {
  buildTree,
  isNodeId,
  type Position,
  ROOT,
  readPosition,
  readPositions,
  type Tree,
} from "./tree";

const SCHEMA = 1;
const SITE_ROOTS = [
  "meta",
  "tokens",
  "themes",
  "breakpoints",
  "presets",
  "pages",
  "locales",
  "components",
  "redirects",
] as const;

export type NodeMap = Y.Map<unknown>;

/** One node of a page, as plain values. */
export interface Node {
  readonly id: string;
  readonly type: string;
  readonly position: Position;
  readonly tag: string | null;
  readonly name: string | null;
  readonly block: string | null;
  readonly anchor: string | null;
  readonly hidden: boolean;
  readonly locked: boolean;
  /** By prop name, localised ones as `prop@locale`. */
  readonly props: Readonly<Record<string, unknown>>;
  /** By `breakpoint:state:property`. */
  readonly styles: Readonly<Record<string, string>>;
  /** By locale. */
  readonly texts: Readonly<Record<string, readonly Run[]>>;
}

export interface Page {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly tree: Tree;
}

export interface Locale {
  readonly name: string;
  readonly isDefault: boolean;
  readonly direction: "ltr" | "rtl";
}

export interface SitePage {
  readonly id: string;
  readonly position: Position;
  readonly slugs: Readonly<Record<string, string>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly inNav: boolean;
  /** The page that it lies under, null at the top. */
  readonly parent: string | null;
}

export interface Site {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tokens: Readonly<Record<string, string>>;
  readonly themes: Readonly<Record<string, string>>;
  readonly pages: ReadonlyMap<string, SitePage>;
  readonly tree: Tree;
  readonly locales: readonly Locale[];
}

/** The shared map of one node, or undefined when there is none. */
export function nodeMap(doc: Y.Doc, id: string): NodeMap | undefined {
  const node = doc.getMap("nodes").get(id);
  return node instanceof Y.Map ? node : undefined;
}

/** The shared text of a node in one locale, for editors to bind to. */
export function nodeText(doc: Y.Doc, id: string, locale: string): Y.Text | undefined {
  const text = nodeMap(doc, id)?.get(`text@${locale}`);
  return text instanceof Y.Text ? text : undefined;
}

function string(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Read one node; keys that this version does not know are left out. */
export function readNode(id: string, node: NodeMap): Node {
  const props: Record<string, unknown> = {};
  const styles: Record<string, string> = {};
  const texts: Record<string, readonly Run[]> = {};
  node.forEach((value, key) => {
    if (key.startsWith("p:")) props[key.slice(2)] = value;
    else if (key.startsWith("s:") && typeof value === "string") styles[key.slice(2)] = value;
    else if (key.startsWith("text@") && value instanceof Y.Text)
      texts[key.slice(5)] = readRuns(value);
  });
  const type = string(node.get("type"));
  return {
    id,
    type: type !== null && primitives.has(type) ? type : "box",
    position: readPosition(node.get("pos")),
    tag: string(node.get("tag")),
    name: string(node.get("name")),
    block: string(node.get("block")),
    anchor: string(node.get("anchor")),
    hidden: node.get("hidden") === true,
    locked: node.get("lock") === true,
    props,
    styles,
    texts,
  };
}

/** Read a whole page document. */
export function readPage(doc: Y.Doc): Page {
  const nodes = new Map<string, Node>();
  doc.getMap("nodes").forEach((node, id) => {
    if (isNodeId(id) && node instanceof Y.Map) nodes.set(id, readNode(id, node));
  });
  const positions = new Map([...nodes].map(([id, node]) => [id, node.position]));
  return { meta: doc.getMap("meta").toJSON(), nodes, tree: buildTree(positions) };
}

/** Whether a node, or what it lies in, was deleted. */
export function isInTrash(tree: Tree, id: string): boolean {
  let at: string | undefined = id;
  while (at !== undefined && at !== ROOT && at !== "trash") at = tree.parents.get(at);
  return at !== ROOT;
}

/** Read the languages of a site in order. */
export function readLocales(site: Y.Doc): Locale[] {
  const found: { order: string; locale: Locale }[] = [];
  site.getMap("locales").forEach((value, name) => {
    if (typeof value !== "object" || value === null) return;
    const { i = "a0", default: isDefault, dir } = value as Record<string, unknown>;
    const direction = dir === "rtl" ? "rtl" : "ltr";
    found.push({ order: String(i), locale: { name, isDefault: isDefault === true, direction } });
  });
  const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  found.sort((a, b) => compare(a.order, b.order) || compare(a.locale.name, b.locale.name));
  return found.map((entry) => entry.locale);
}

/** The language of pages without a prefix. */
export function defaultLocale(site: Y.Doc): string {
  const all = readLocales(site);
  const marked = all.find((locale) => locale.isDefault);
  return marked?.name ?? (string(site.getMap("meta").get("locale")) || (all[0]?.name ?? "fr"));
}

/** The languages of a site in order, at least one. */
export function localeNames(site: Y.Doc): string[] {
  const names = readLocales(site).map((locale) => locale.name);
  return names.length > 0 ? names : [defaultLocale(site)];
}

function strings(values: Y.Map<unknown>): Record<string, string> {
  const found: Record<string, string> = {};
  values.forEach((value, key) => {
    if (typeof value === "string") found[key] = value;
  });
  return found;
}

function localised(values: Y.Map<unknown>, prefix: string): Record<string, string> {
  const all = Object.entries(strings(values)).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(all.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** Read a whole site document. */
export function readSite(doc: Y.Doc): Site {
  const entries = doc.getMap("pages");
  const positions = readPositions(entries);
  const tree = buildTree(positions);
  const pages = new Map<string, SitePage>();
  for (const [id, position] of positions) {
    const page = entries.get(id) as Y.Map<unknown>;
    const parent = tree.parents.get(id) ?? ROOT;
    pages.set(id, {
      id,
      position,
      slugs: localised(page, "slug@"),
      titles: localised(page, "title@"),
      inNav: page.get("nav") !== false,
      parent: parent === ROOT ? null : parent,
    });
  }
  return {
    meta: doc.getMap("meta").toJSON(),
    tokens: strings(doc.getMap("tokens")),
    themes: strings(doc.getMap("themes")),
    pages,
    tree,
    locales: readLocales(doc),
  };
}

/** The pages of a site in order, children after their parent. */
export function sitePages(doc: Y.Doc): SitePage[] {
  const site = readSite(doc);
  const found: SitePage[] = [];
  const walk = (parent: string) => {
    for (const id of site.tree.children.get(parent) ?? []) {
      const page = site.pages.get(id);
      if (page) found.push(page);
      walk(id);
    }
  };
  walk(ROOT);
  return found;
}

/** Make the document of a new site without pages; the first locale is the default one. */
export function createSite(name: string, names: readonly string[] = ["fr", "en"]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const root of SITE_ROOTS) doc.getMap(root);
    const meta = doc.getMap("meta");
    meta.set("schema", SCHEMA);
    meta.set("name", name);
    meta.set("theme", defaultTheme);
    meta.set("locale", names[0]);
    names.forEach((locale, order) => {
      const isRightToLeft = ["ar", "fa", "he", "ur"].includes(locale.split("-")[0] ?? "");
      const dir = isRightToLeft ? "rtl" : "ltr";
      doc.getMap("locales").set(locale, { i: `a${order}`, default: order === 0, dir });
    });
  }, "create");
  return doc;
}

/** Make the document of a new page without nodes. */
export function createPage(siteId: string): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    doc.getMap("nodes");
    doc.getMap("meta").set("schema", SCHEMA);
    doc.getMap("meta").set("site", siteId);
  }, "create");
  return doc;
}

/** Give every node that has text a text in `locale`; returns how many lacked it. */
export function ensureLocale(doc: Y.Doc, locale: string): number {
  let made = 0;
  doc.transact(() => {
    doc.getMap("nodes").forEach((node) => {
      if (!(node instanceof Y.Map) || !primitives.get(String(node.get("type")))?.text) return;
      if (node.has(`text@${locale}`)) return;
      node.set(`text@${locale}`, new Y.Text());
      made++;
    });
  }, "create");
  return made;
}

/** All values of a document as JSON, texts as deltas; for tests and comparisons. */
export function dump(doc: Y.Doc, roots: readonly string[]): Record<string, unknown> {
  const plain = (value: unknown): unknown => {
    if (value instanceof Y.Text) return readRuns(value);
    if (!(value instanceof Y.Map)) return value;
    const entries = [...value.entries()].map(([key, item]) => [key, plain(item)]);
    return Object.fromEntries(entries);
  };
  return Object.fromEntries(roots.map((root) => [root, plain(doc.getMap(root))]));
}
