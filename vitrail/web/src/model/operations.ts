import * as Y from "yjs";
import { blocks, buildBlock, resolveName } from "./blocks";
import type { Of, Operation } from "./commands";
import { nodeMap, type Page } from "./documents";
import { invalid, notFound } from "./errors";
import {
  checkAttribute,
  checkProp,
  checkStyle,
  type FragmentNode,
  parseFragment,
  type Seed,
  toFragment,
} from "./fragments";
import { fold, primitives, themes, variants } from "./primitives";
import { parseDelta, replaceRuns, replaceText } from "./rich-text";
import { inOrder, outermost } from "./targets";
import { isInside, ROOT, TRASH } from "./tree";
import { isColor, isSafeCss, isSlug, isTokenName } from "./values";
import { checkDepth, checkParent, type Workbench } from "./workbench";

const MAX_COPIES = 100;
const ATTRIBUTES = new Set(["name", "tag", "anchor", "hidden", "lock"]);

/** Run one operation, which checks everything before it writes; returns the tops that it made. */
export function applyOperation(bench: Workbench, operation: Operation): string[] {
  switch (operation.op) {
    case "insert":
      return insert(bench, operation);
    case "remove":
      return remove(bench, operation);
    case "move":
      return move(bench, operation);
    case "duplicate":
      return duplicate(bench, operation);
    case "set_text":
      return setText(bench, operation);
    case "update":
      return update(bench, operation);
    case "style":
      return style(bench, operation);
    case "theme":
      return theme(bench, operation);
    case "rename_page":
      return renamePage(bench, operation);
    case "add_page":
      return addPage(bench, operation);
    case "remove_page":
      checkPage(bench, operation.page);
      return bench.request("remove_page", { page: operation.page });
    case "undo":
      return bench.request("undo", { run: operation.run });
  }
}

function seedsOf(bench: Workbench, operation: Of<"insert">, parent: string): Seed[] {
  if (operation.nodes) return parseFragment(operation.nodes);
  const said = operation.block ?? "";
  const name = resolveName(said);
  if (name === null) {
    throw invalid(
      `'${said}' is neither a block nor a primitive`,
      `blocks: ${[...blocks.keys()].join(", ")}`,
    );
  }
  const given = operation.props ?? {};
  // Of a name for both, such as image, the block is for the page and the primitive for inside.
  const isBlock = blocks.has(name) && (parent === ROOT || !primitives.has(name));
  if (isBlock) return buildBlock(name, given, bench.locales());
  const variant = variants.get(name);
  const type = variant?.type ?? name;
  const { text, tag = variant?.tag, name: label, anchor, ...props } = given;
  const style = primitives.get(type)?.styles;
  return parseFragment([{ type, text, tag, name: label, anchor, props, style }]);
}

function insert(bench: Workbench, operation: Of<"insert">): string[] {
  const page = bench.read();
  const spot = bench.spot(page, operation.at);
  return bench.plantAt(page, seedsOf(bench, operation, spot.parent), spot);
}

function remove(bench: Workbench, operation: Of<"remove">): string[] {
  const page = bench.read();
  const chosen = outermost(page, bench.resolve(page, operation.target));
  bench.placeNodes(page, chosen, { parent: TRASH, index: 0 });
  bench.last = [];
  return [];
}

function height(page: Page, id: string): number {
  const children = page.tree.children.get(id) ?? [];
  return 1 + children.reduce((most, child) => Math.max(most, height(page, child)), 0);
}

function move(bench: Workbench, operation: Of<"move">): string[] {
  const page = bench.read();
  const moving = outermost(page, bench.resolve(page, operation.target));
  const spot = bench.spot(page, operation.at, moving);
  if (moving.some((id) => isInside(page.tree, spot.parent, id))) {
    throw invalid("a node cannot move into itself");
  }
  const types = moving.map((id) => page.nodes.get(id)?.type ?? "box");
  checkParent(page, spot.parent, types);
  checkDepth(page, spot.parent, Math.max(...moving.map((id) => height(page, id))));
  bench.placeNodes(page, moving, spot);
  bench.last = moving;
  return [];
}

function duplicate(bench: Workbench, operation: Of<"duplicate">): string[] {
  const count = operation.count ?? 1;
  if (count < 1 || count > MAX_COPIES) throw invalid(`count must be 1 to ${MAX_COPIES}`);
  const page = bench.read();
  const originals = outermost(page, bench.resolve(page, operation.target));
  if (operation.to_page) {
    checkPage(bench, operation.to_page);
    const nodes = Array.from({ length: count }, () => originals.map((id) => toFragment(page, id)));
    return bench.request("duplicate", { to_page: operation.to_page, nodes: nodes.flat() });
  }
  const created: string[] = [];
  for (const original of originals) {
    const now = bench.read();
    // The anchor is an HTML id, and two elements cannot have the same one.
    const { anchor: _, ...copy }: FragmentNode = toFragment(now, original);
    const parent = now.tree.parents.get(original) ?? ROOT;
    const index = (now.tree.children.get(parent) ?? []).indexOf(original) + 1;
    created.push(...bench.plantAt(now, parseFragment(Array(count).fill(copy)), { parent, index }));
  }
  bench.last = created;
  return created;
}

/** A node, and which of its properties; null means its text. */
type TextPlace = readonly [string, string | null];

function typeOf(page: Page, id: string): string {
  return page.nodes.get(id)?.type ?? "box";
}

function hasText(page: Page, id: string): boolean {
  return primitives.get(typeOf(page, id))?.text ?? false;
}

function fieldPlace(page: Page, target: string, name: string): TextPlace {
  const inside = [target, ...inOrder(page, target)];
  const withProp = inside.find((id) =>
    Object.hasOwn(primitives.get(typeOf(page, id))?.props ?? {}, name),
  );
  if (withProp !== undefined) return [withProp, name];
  const named = inside.find(
    (id) => hasText(page, id) && fold(page.nodes.get(id)?.name ?? "") === fold(name),
  );
  if (named === undefined) throw notFound(`nothing here has a field '${name}'`);
  return [named, null];
}

function textPlace(page: Page, target: string): TextPlace {
  const found = [target, ...inOrder(page, target)].find((id) => hasText(page, id));
  if (found === undefined) {
    throw notFound(`${typeOf(page, target)} has no text`, "name a field instead");
  }
  return [found, null];
}

function setText(bench: Workbench, operation: Of<"set_text">): string[] {
  const page = bench.read();
  const locale = bench.language(operation.locale);
  const { field, text } = operation;
  const targets = bench.resolve(page, operation.target);
  const places = targets.map((target) =>
    field ? fieldPlace(page, target, field) : textPlace(page, target),
  );
  for (const [id, prop] of places) {
    if (prop === null) {
      editText(bench, id, locale, text);
    } else {
      const key = propKey(typeOf(page, id), prop, locale);
      checkProp(typeOf(page, id), key, text);
      bench.set(bench.page, ["nodes", id, `p:${key}`], text);
    }
  }
  bench.last = targets;
  return [];
}

function editText(bench: Workbench, id: string, locale: string, value: unknown): void {
  const runs = parseDelta(value);
  const node = nodeMap(bench.page, id);
  if (!node) throw notFound(`the node '${id}' is not on the page`);
  bench.page.transact(() => {
    const key = `text@${locale}`;
    let text = node.get(key);
    if (!(text instanceof Y.Text)) {
      text = new Y.Text();
      node.set(key, text);
    }
    // A plain string keeps the formatting of what stays.
    if (typeof value === "string") replaceText(text as Y.Text, runs[0]?.insert ?? "");
    else replaceRuns(text as Y.Text, runs);
  }, bench.origin);
}

function propKey(type: string, name: string, locale: string): string {
  if (name.includes("@")) return name;
  const props = primitives.get(type)?.props ?? {};
  return Object.hasOwn(props, name) && props[name]?.localised ? `${name}@${locale}` : name;
}

type Write = readonly [readonly [string, string, string] | readonly [string, string], unknown];

function update(bench: Workbench, operation: Of<"update">): string[] {
  const page = bench.read();
  const locale = bench.language(operation.locale);
  const targets = bench.resolve(page, operation.target);
  const writes: Write[] = [];
  for (const id of targets) {
    const type = typeOf(page, id);
    for (const [name, value] of Object.entries(operation.set)) {
      if (ATTRIBUTES.has(name)) {
        if (value !== null) checkAttribute(type, name, value);
        writes.push([["nodes", id, name], value]);
        continue;
      }
      const key = propKey(type, name, locale);
      if (value !== null) checkProp(type, key, value);
      else if (!Object.hasOwn(primitives.get(type)?.props ?? {}, name.split("@")[0] ?? "")) {
        throw invalid(`${type} has no property '${name}'`);
      }
      writes.push([["nodes", id, `p:${key}`], value]);
    }
  }
  bench.page.transact(() => {
    for (const [path, value] of writes) bench.set(bench.page, path, value);
  }, bench.origin);
  bench.last = targets;
  return [];
}

function style(bench: Workbench, operation: Of<"style">): string[] {
  const page = bench.read();
  const targets = bench.resolve(page, operation.target);
  const prefix = `${operation.breakpoint ?? "_"}:${operation.state ?? ""}:`;
  // The value "0" only lets the key be checked when the style is to be removed.
  const writes = Object.entries(operation.set).map(([name, value]): [string, string | null] => {
    const [key, checked] = checkStyle(prefix + name, value ?? "0");
    return [key, value === null ? null : checked];
  });
  bench.page.transact(() => {
    for (const id of targets) {
      for (const [key, value] of writes) bench.set(bench.page, ["nodes", id, `s:${key}`], value);
    }
  }, bench.origin);
  bench.last = targets;
  return [];
}

function theme(bench: Workbench, operation: Of<"theme">): string[] {
  const writes = Object.entries(operation.set).map(([name, value]): Write => {
    if (name === "theme") {
      if (value === null || !themes.has(value)) {
        throw invalid(`there is no theme '${value}'`, [...themes.keys()].join(", "));
      }
      return [["meta", "theme"], value];
    }
    const token = name.replace(/^dark\//, "");
    if (!isTokenName(token) || !token.includes(".")) {
      throw invalid(`'${name}' is not a token`, "write color.primary or space.4");
    }
    if (value !== null && (typeof value !== "string" || !isSafeCss(value))) {
      throw invalid(`'${name}' cannot have this value`);
    }
    if (value?.startsWith("#") && token.startsWith("color.") && !isColor(value)) {
      throw invalid(`'${name}' must be a colour such as #2f4fe0`);
    }
    return [[token === name ? "tokens" : "themes", name], value];
  });
  bench.site.transact(() => {
    for (const [path, value] of writes) bench.set(bench.site, path, value);
  }, bench.origin);
  return [];
}

function checkPage(bench: Workbench, page: string): void {
  if (!bench.site.getMap("pages").has(page)) throw notFound(`the site has no page '${page}'`);
}

function checkNames(title: string | null | undefined, slug: string | null | undefined): void {
  const length = title ? [...title.trim()].length : title === "" ? 0 : 1;
  if (length < 1 || length > 200) throw invalid("a title has 1 to 200 characters");
  if (typeof slug === "string" && !isSlug(slug)) {
    throw invalid(`'${slug}' cannot be part of an address`);
  }
}

function addPage(bench: Workbench, operation: Of<"add_page">): string[] {
  const { title, slug, after } = operation;
  checkNames(title, slug);
  if (after) checkPage(bench, after);
  const locale = bench.language(operation.locale);
  return bench.request("add_page", { title, slug, after, locale });
}

function renamePage(bench: Workbench, operation: Of<"rename_page">): string[] {
  const { page, title, slug } = operation;
  checkPage(bench, page);
  checkNames(title, slug);
  const locale = bench.language(operation.locale);
  bench.site.transact(() => {
    if (typeof title === "string") bench.set(bench.site, ["pages", page, `title@${locale}`], title);
    if (typeof slug === "string") bench.set(bench.site, ["pages", page, `slug@${locale}`], slug);
  }, bench.origin);
  return [];
}
