import { type Accessor, createSignal, type Setter } from "solid-js";
import * as Y from "yjs";
import { pick } from "../i18n/i18n";
import { partName } from "../i18n/parts";
import { blocks } from "../model/blocks";
import { nodeMap, type PageNode, readNode } from "../model/nodes";
import { primitives, variants } from "../model/primitives";
import { buildTree, readPositions, type Tree } from "../model/tree";

/** A page document as signals: a panel that reads a node runs again only when that node changes. */
export class PageStore {
  readonly tree: Accessor<Tree>;
  readonly #setTree: Setter<Tree>;
  readonly #page: Y.Doc;
  readonly #versions = new Map<string, [Accessor<number>, Setter<number>]>();
  readonly #cache = new Map<string, PageNode>();

  constructor(page: Y.Doc) {
    this.#page = page;
    [this.tree, this.#setTree] = createSignal(this.#build());
    page.getMap("nodes").observeDeep(this.#onEvents);
  }

  destroy(): void {
    this.#page.getMap("nodes").unobserveDeep(this.#onEvents);
  }

  node(id: string): PageNode | null {
    this.#version(id)[0]();
    const known = this.#cache.get(id);
    if (known) return known;
    const map = nodeMap(this.#page, id);
    if (!map) return null;
    const node = readNode(id, map);
    this.#cache.set(id, node);
    return node;
  }

  text(id: string, locale: string): Y.Text | null {
    const text = nodeMap(this.#page, id)?.get(`text@${locale}`);
    return text instanceof Y.Text ? text : null;
  }

  /** What people call a node: its name, the block it came from, or what it is. */
  label(id: string): string {
    const node = this.node(id);
    if (!node) return "";
    if (node.name) return partName(node.name);
    const block = blocks.get(node.block);
    if (block) return pick(block.label, node.block);
    if (/^h[1-6]$/.test(node.tag)) return pick(variants.get("heading")?.label, node.tag);
    return pick(primitives.get(node.type)?.label, node.type);
  }

  icon(id: string): string {
    const node = this.node(id);
    if (node && /^h[1-6]$/.test(node.tag)) return "heading";
    return primitives.get(node?.type ?? "")?.icon ?? "square";
  }

  #build(): Tree {
    return buildTree(readPositions(this.#page.getMap("nodes")));
  }

  #version(id: string): [Accessor<number>, Setter<number>] {
    const known = this.#versions.get(id);
    if (known) return known;
    const made = createSignal(0);
    this.#versions.set(id, made);
    return made;
  }

  readonly #onEvents = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const changed = new Set<string>();
    let isMoved = false;
    for (const event of events) {
      const id = event.path[0];
      if (typeof id === "string") {
        changed.add(id);
        if (event.path.length === 1 && event.changes.keys.has("pos")) isMoved = true;
      } else {
        isMoved = true;
        for (const key of event.changes.keys.keys()) changed.add(key);
      }
    }
    for (const id of changed) {
      this.#cache.delete(id);
      this.#versions.get(id)?.[1]((version) => version + 1);
    }
    if (isMoved) this.#setTree(this.#build());
  };
}
