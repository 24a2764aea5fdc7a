import * as Y from "yjs";
import { ROOT, type Tree } from "./tree";

export interface Run {
  readonly text: string;
  readonly marks: Readonly<Record<string, unknown>>;
}

/** A plain view of one node, for rendering and for the panels. */
export interface PageNode {
  readonly id: string;
  readonly type: string;
  readonly tag: string;
  readonly name: string;
  readonly block: string;
  readonly anchor: string;
  readonly hidden: boolean;
  readonly lock: boolean;
  /** By key without `p:`; localised ones end in `@{locale}`. */
  readonly props: Readonly<Record<string, unknown>>;
  /** By `{breakpoint}:{state}:{property}`. */
  readonly styles: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, readonly Run[]>>;
}

export function readRuns(text: Y.Text): Run[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return delta.flatMap(({ insert, attributes }) =>
    typeof insert === "string" ? [{ text: insert, marks: attributes ?? {} }] : [],
  );
}

export function readNode(id: string, node: Y.Map<unknown>): PageNode {
  const props: Record<string, unknown> = {};
  const styles: Record<string, string> = {};
  const texts: Record<string, Run[]> = {};
  node.forEach((value, key) => {
    if (value instanceof Y.Text) {
      if (key.startsWith("text@")) texts[key.slice(5)] = readRuns(value);
    } else if (key.startsWith("p:")) props[key.slice(2)] = value;
    else if (key.startsWith("s:")) styles[key.slice(2)] = String(value);
  });
  const word = (key: string) => String(node.get(key) ?? "");
  return {
    id,
    type: word("type"),
    tag: word("tag"),
    name: word("name"),
    block: word("block"),
    anchor: word("anchor"),
    hidden: node.get("hidden") === true,
    lock: node.get("lock") === true,
    props,
    styles,
    texts,
  };
}

export function propOf(node: PageNode, name: string, locale: string): unknown {
  return node.props[`${name}@${locale}`] ?? node.props[name];
}

export function nodeMap(doc: Y.Doc, id: string): Y.Map<unknown> | null {
  const node = doc.getMap("nodes").get(id);
  return node instanceof Y.Map ? (node as Y.Map<unknown>) : null;
}

export function textOf(doc: Y.Doc, id: string, locale: string): Y.Text | null {
  const text = nodeMap(doc, id)?.get(`text@${locale}`);
  return text instanceof Y.Text ? text : null;
}

/** Nodes in reading order, with how deep they lie. */
export function flatten(tree: Tree, parent = ROOT, depth = 0): { id: string; depth: number }[] {
  return (tree.children.get(parent) ?? []).flatMap((id) => [
    { id, depth },
    ...flatten(tree, id, depth + 1),
  ]);
}
