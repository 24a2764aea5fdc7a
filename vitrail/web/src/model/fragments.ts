import * as Y from "yjs";
import type { NodeMap, Page } from "./documents";
import { invalid } from "./errors";
import { keysBetween, type Random } from "./keys";
import { accepts, BREAKPOINTS, type Prop, primitives, STATES, styleProperties } from "./primitives";
import { parseDelta, type Run } from "./rich-text";
import { TRASH } from "./tree";
import {
  isAnchor,
  isColor,
  isLocale,
  isSafeCss,
  isSafeUrl,
  MAX_VALUE_BYTES,
  sizeBytes,
} from "./values";

export const MAX_DEPTH = 64;
export const MAX_NODES = 20_000;
const MAX_NAME_CHARACTERS = 200;
const ATTRIBUTES = ["tag", "name", "block", "anchor", "lock", "hidden"] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Nodes written as nested JSON, as blocks, pastes and templates hold them. */
export interface FragmentNode {
  readonly type: string;
  readonly name?: string;
  readonly tag?: string;
  readonly block?: string;
  readonly anchor?: string;
  readonly lock?: boolean;
  readonly hidden?: boolean;
  readonly props?: Fields;
  readonly style?: Fields;
  readonly text?: unknown;
  readonly children?: readonly FragmentNode[];
}

/** A checked fragment: what a node will be, before it has an id. */
export interface Seed {
  readonly type: string;
  readonly attributes: Fields;
  readonly props: Fields;
  readonly styles: Readonly<Record<string, string>>;
  /** By locale, or the same in all. */
  readonly texts: Readonly<Record<string, readonly Run[]>> | readonly Run[];
  readonly children: readonly Seed[];
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function countSeeds(seeds: readonly Seed[]): number {
  return seeds.reduce((sum, seed) => sum + 1 + countSeeds(seed.children), 0);
}

export function seedDepth(seeds: readonly Seed[]): number {
  return seeds.reduce((most, seed) => Math.max(most, 1 + seedDepth(seed.children)), 0);
}

/** Split `property`, `sm:property` or `_:hover:property` into breakpoint, state and property. */
export function splitStyleKey(key: string): [string, string, string] {
  const parts = key.split(":");
  const name = parts.at(-1) ?? "";
  const breakpoint = parts.length > 1 ? (parts[0] ?? "") : "_";
  const state = parts.length === 3 ? (parts[1] ?? "") : "";
  const isKnown =
    (BREAKPOINTS as readonly string[]).includes(breakpoint) &&
    (STATES as readonly string[]).includes(state);
  if (parts.length > 3 || !isKnown) {
    throw invalid(`'${key}' is not a style key`, "write breakpoint:state:property, as in sm::gap");
  }
  if (!styleProperties.has(name)) {
    throw invalid(
      `'${name}' is not a style property`,
      "style properties are the camelCase names in primitives.json",
    );
  }
  return [breakpoint, state, name];
}

/** Check one style and return its full key and value. */
export function checkStyle(key: string, value: unknown): [string, string] {
  const full = splitStyleKey(key).join(":");
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !text.trim() || !isSafeCss(text)) {
    throw invalid(
      `the style '${key}' cannot have this value`,
      "one CSS value, with $tokens, without semicolons, braces or remote urls",
    );
  }
  return [full, text];
}

function isPropValue(prop: Prop, value: unknown): boolean {
  switch (prop.type) {
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "enum":
      return typeof value === "string" && (prop.of ?? []).includes(value);
    case "url":
    case "asset":
      return typeof value === "string" && isSafeUrl(value);
    case "token:color":
      return typeof value === "string" && isColor(value);
    default:
      return typeof value === "string";
  }
}

/** Check one property of a node of type `type`; `key` may end in `@locale`. */
export function checkProp(type: string, key: string, value: unknown): void {
  const [name = "", locale = ""] = key.split(/@(.*)/s);
  const props = primitives.get(type)?.props ?? {};
  const prop = Object.hasOwn(props, name) ? props[name] : undefined;
  if (!prop) {
    const known = Object.keys(props).join(", ") || "none";
    throw invalid(`${type} has no property '${name}'`, `its properties: ${known}`);
  }
  if (locale && !(prop.localised && isLocale(locale))) {
    throw invalid(`'${name}' of ${type} has no language '${locale}'`);
  }
  if (!isPropValue(prop, value)) {
    const wanted = prop.of ? `one of ${prop.of.join(", ")}` : `a ${prop.type}`;
    throw invalid(`'${name}' of ${type} must be ${wanted}`);
  }
  if (typeof value === "string" && sizeBytes(value) > MAX_VALUE_BYTES) {
    throw invalid(`'${name}' holds at most 16 kB`);
  }
}

/** Check one of `tag`, `name`, `block`, `anchor`, `lock`, `hidden`. */
export function checkAttribute(type: string, key: string, value: unknown): void {
  const tags = primitives.get(type)?.tags ?? [];
  const rules: Record<string, [boolean, string]> = {
    tag: [typeof value === "string" && tags.includes(value), `one of ${tags.join(", ")}`],
    anchor: [
      typeof value === "string" && isAnchor(value),
      "letters, digits, - and _, starting with a letter",
    ],
  };
  const isName = typeof value === "string" && [...value].length <= MAX_NAME_CHARACTERS;
  const other: [boolean, string] =
    key === "name" || key === "block"
      ? [isName, `at most ${MAX_NAME_CHARACTERS} characters`]
      : [typeof value === "boolean", "true or false"];
  const [isSound, wanted] = rules[key] ?? other;
  if (!isSound) throw invalid(`'${key}' of ${type} must be ${wanted}`);
}

/** Check a fragment that came from outside. */
export function parseFragment(raw: unknown): Seed[] {
  const seeds = parseLevel(raw, null, 1);
  if (countSeeds(seeds) > MAX_NODES) throw invalid(`a fragment has at most ${MAX_NODES} nodes`);
  return seeds;
}

function parseLevel(raw: unknown, parent: string | null, depth: number): Seed[] {
  if (!Array.isArray(raw)) throw invalid("a fragment is a list of nodes");
  if (depth > MAX_DEPTH) throw invalid(`a page is at most ${MAX_DEPTH} levels deep`);
  return raw.map((item: unknown) => parseSeed(item, parent, depth));
}

function mapping(raw: Fields, key: string): Fields {
  const value = raw[key] ?? {};
  if (!isObject(value)) throw invalid(`'${key}' of a fragment is an object`);
  return value;
}

function parseSeed(item: unknown, parent: string | null, depth: number): Seed {
  const raw = isObject(item) ? item : {};
  const type = raw.type;
  const primitive = typeof type === "string" ? primitives.get(type) : undefined;
  if (typeof type !== "string" || !primitive) throw invalid(`'${String(type)}' is not a primitive`);
  if (parent !== null && !accepts(parent, type)) throw invalid(`${parent} cannot contain ${type}`);
  const attributes: Record<string, unknown> = {};
  for (const key of ATTRIBUTES) {
    const value = raw[key];
    if (value === undefined || value === null) continue;
    checkAttribute(type, key, value);
    attributes[key] = value;
  }
  const props: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(mapping(raw, "props")))
    addProp(props, type, key, value);
  const styles = Object.fromEntries(
    Object.entries(mapping(raw, "style")).map(([key, value]) => checkStyle(key, value)),
  );
  const text = raw.text ?? null;
  if (text !== null && !primitive.text) throw invalid(`${type} has no text`);
  const children = parseLevel(raw.children ?? [], type, depth + 1);
  return { type, attributes, props, styles, texts: parseTexts(text), children };
}

function addProp(props: Record<string, unknown>, type: string, key: string, value: unknown): void {
  if (isObject(value)) {
    for (const [locale, item] of Object.entries(value)) {
      checkProp(type, `${key}@${locale}`, item);
      props[`${key}@${locale}`] = item;
    }
  } else if (value !== null && value !== undefined) {
    checkProp(type, key, value);
    props[key] = value;
  }
}

function parseTexts(text: unknown): Seed["texts"] {
  if (text === null) return [];
  if (!isObject(text)) return parseDelta(text);
  for (const locale of Object.keys(text)) {
    if (!isLocale(locale)) throw invalid(`'${locale}' is not a language tag`);
  }
  return Object.fromEntries(
    Object.entries(text).map(([locale, value]) => [locale, parseDelta(value)]),
  );
}

function textsOf(seed: Seed, locales: readonly string[]): Record<string, readonly Run[]> {
  if (!primitives.get(seed.type)?.text) return {};
  const { texts } = seed;
  if (Array.isArray(texts)) {
    return Object.fromEntries(locales.map((locale) => [locale, texts as readonly Run[]]));
  }
  return {
    ...Object.fromEntries(locales.map((locale) => [locale, []])),
    ...(texts as Record<string, readonly Run[]>),
  };
}

/** Makes the nodes of fragments, their tops in the trash, ready to be placed. */
export class Planter {
  readonly #nodes: Y.Map<unknown>;
  readonly #locales: readonly string[];
  readonly #newId: () => string;
  readonly #random: Random;
  #counter: number;

  constructor(
    nodes: Y.Map<unknown>,
    locales: readonly string[],
    counter: number,
    newId: () => string,
    random: Random,
  ) {
    this.#nodes = nodes;
    this.#locales = locales;
    this.#counter = counter;
    this.#newId = newId;
    this.#random = random;
  }

  /** The caller holds a transaction. Returns the ids of the tops, in order. */
  plant(seeds: readonly Seed[], parent: string = TRASH): string[] {
    if (seeds.length === 0) return [];
    const keys =
      parent === TRASH
        ? seeds.map(() => "a0")
        : keysBetween(null, null, seeds.length, this.#random);
    return seeds.map((seed, place) => this.#plantOne(seed, parent, keys[place] ?? "a0"));
  }

  #plantOne(seed: Seed, parent: string, key: string): string {
    const id = this.#newId();
    const node: NodeMap = new Y.Map();
    node.set("type", seed.type);
    node.set("pos", { p: parent, i: key, c: this.#counter++, pp: TRASH });
    for (const [name, value] of Object.entries(seed.attributes)) node.set(name, value);
    for (const [name, value] of Object.entries(seed.props)) node.set(`p:${name}`, value);
    for (const [name, value] of Object.entries(seed.styles)) node.set(`s:${name}`, value);
    for (const [locale, runs] of Object.entries(textsOf(seed, this.#locales))) {
      const text = new Y.Text();
      text.applyDelta(runs.map((run) => ({ ...run })));
      node.set(`text@${locale}`, text);
    }
    this.#nodes.set(id, node);
    this.plant(seed.children, id);
    return id;
  }
}

/** Write a node and all under it as a fragment, as copying does. */
export function toFragment(page: Page, id: string): FragmentNode {
  const node = page.nodes.get(id);
  if (!node) throw new Error(`no node ${id}`);
  const { type, name, tag, block, anchor, props, styles, texts } = node;
  const children = page.tree.children.get(id) ?? [];
  return {
    type,
    ...(name !== null && { name }),
    ...(tag !== null && { tag }),
    ...(block !== null && { block }),
    ...(anchor !== null && { anchor }),
    ...(node.locked && { lock: true }),
    ...(node.hidden && { hidden: true }),
    ...(Object.keys(props).length > 0 && { props }),
    ...(Object.keys(styles).length > 0 && { style: styles }),
    ...(Object.keys(texts).length > 0 && { text: texts }),
    ...(children.length > 0 && { children: children.map((child) => toFragment(page, child)) }),
  };
}
