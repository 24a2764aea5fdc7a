import { invalid } from "./errors";
import { isObject, parseFragment, type Seed } from "./fragments";
import { fold, type Localised, primitives, variants } from "./primitives";

type Fields = Readonly<Record<string, unknown>>;

export interface BlockProp {
  readonly type: string;
  readonly default?: unknown;
  readonly of?: Readonly<Record<string, BlockProp>> | readonly string[];
}

/** The manifest of a block: a ready section inserted by name. */
export interface Block {
  readonly id: string;
  readonly v: number;
  readonly category: string;
  readonly label: Localised;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly icon: string;
  readonly props: Readonly<Record<string, BlockProp>>;
  readonly fragment: readonly Fields[];
  readonly a11y: readonly string[];
}

const manifests = import.meta.glob<Block>("../../../builder/data/blocks/*.json", {
  eager: true,
  import: "default",
});

/** Every block by id, in the order of the palette. */
export const blocks: ReadonlyMap<string, Block> = new Map(
  Object.values(manifests)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((block) => [block.id, block]),
);

/** Folded ids, labels and aliases to the canonical name; blocks win over primitives. */
const names = new Map<string, string>();
{
  const sources = [...blocks, ...variants, ...primitives];
  const add = (word: string, name: string) => {
    if (!names.has(fold(word))) names.set(fold(word), name);
  };
  for (const [name] of sources) add(name, name);
  for (const [name, { label, aliases }] of sources) {
    for (const word of [...Object.values(label), ...Object.values(aliases).flat()]) add(word, name);
  }
}

/** The id of the block, variant or primitive that people call `name`. */
export function resolveName(name: string): string | null {
  if (blocks.has(name) || primitives.has(name) || variants.has(name)) return name;
  const folded = fold(name);
  return (
    names.get(folded) ?? (folded.endsWith("s") ? (names.get(folded.slice(0, -1)) ?? null) : null)
  );
}

/** Fill a block's fragment with `props`, its defaults standing for what is missing. */
export function buildBlock(name: string, props: Fields, locales: readonly string[]): Seed[] {
  const block = blocks.get(name);
  if (!block) throw invalid(`there is no block '${name}'`);
  const values = fillProps(block.props, props, locales, `the block ${name}`);
  const built = block.fragment.flatMap((node) => fill(node, values));
  if (built[0]) built[0] = { ...built[0], block: name };
  return parseFragment(built);
}

function fillProps(
  manifest: Readonly<Record<string, BlockProp>>,
  given: Fields,
  locales: readonly string[],
  owner: string,
): Fields {
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(manifest, key)) continue;
    const known = Object.keys(manifest).join(", ");
    throw invalid(`${owner} has no property '${key}'`, `its properties: ${known}`);
  }
  const values: Record<string, unknown> = {};
  for (const [key, prop] of Object.entries(manifest)) {
    const value = given[key] ?? null;
    if (prop.type === "list") {
      values[key] = fillItems(key, prop, value ?? prop.default ?? null, locales);
    } else if (isObject(prop.default) || prop.type === "richline") {
      values[key] = localise(key, value, prop.default, locales);
    } else {
      values[key] = value ?? prop.default ?? null;
    }
  }
  return values;
}

function fillItems(
  key: string,
  prop: BlockProp,
  value: unknown,
  locales: readonly string[],
): Fields[] {
  if (!Array.isArray(value)) throw invalid(`'${key}' must be a list`);
  return value.map((item: unknown) => {
    if (!isObject(item)) throw invalid(`each of '${key}' must be an object`);
    const manifest = prop.of as Readonly<Record<string, BlockProp>>;
    return fillProps(manifest, item, locales, `an item of ${key}`);
  });
}

function localise(
  key: string,
  value: unknown,
  preset: unknown,
  locales: readonly string[],
): Fields {
  if (value !== null && typeof value !== "string" && typeof value !== "object") {
    throw invalid(`'${key}' must be a text`);
  }
  if (value !== null && !isObject(value)) {
    return Object.fromEntries(locales.map((locale) => [locale, value]));
  }
  const chosen: Fields = { ...(isObject(preset) ? preset : {}), ...(value ?? {}) };
  const fallback = chosen.en ?? Object.values(chosen)[0] ?? "";
  return Object.fromEntries(locales.map((locale) => [locale, chosen[locale] ?? fallback]));
}

function lookup(path: string, values: Fields): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  const dot = path.indexOf(".");
  const inner = values[dot < 0 ? path : path.slice(0, dot)];
  return isObject(inner) ? lookup(dot < 0 ? "" : path.slice(dot + 1), inner) : null;
}

function isReference(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.startsWith("{") &&
    value.endsWith("}") &&
    !value.slice(1).includes("{")
  );
}

function fillValue(value: unknown, values: Fields): unknown {
  if (isReference(value)) return lookup(value.slice(1, -1), values);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillValue(item, values)]),
  );
}

function hasValue(value: unknown): boolean {
  if (isObject(value)) return Object.values(value).some(isTruthy);
  return isTruthy(value);
}

function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Fill one node; `each` repeats it and `if` drops it when a value is empty. */
function fill(node: Fields, values: Fields): Fields[] {
  const { each, if: condition, children = [], ...rest } = node;
  if (typeof each === "string") {
    const items = (lookup(each, values) ?? []) as Fields[];
    const { each: _each, ...bare } = node;
    return items.flatMap((item) => fill(bare, { ...values, item }));
  }
  if (typeof condition === "string" && !hasValue(lookup(condition, values))) return [];
  const filled: Record<string, unknown> = fillValue(rest, values) as Record<string, unknown>;
  if (!("name" in filled) && isReference(node.text)) {
    filled.name = node.text.slice(1, -1).replace(/^item\./, "");
  }
  for (const group of ["props", "style"]) {
    const fields = isObject(filled[group]) ? filled[group] : {};
    filled[group] = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== null),
    );
  }
  filled.children = (children as Fields[]).flatMap((child) => fill(child, values));
  return [filled];
}
