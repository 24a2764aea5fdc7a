import { Fragment, Mark, type MarkSpec, type Node, Schema } from "prosemirror-model";
import type * as Y from "yjs";

export type Attributes = Readonly<Record<string, unknown>>;

/** One operation of a delta of `Y.Text`. */
export interface DeltaOp {
  readonly insert?: unknown;
  readonly delete?: number;
  readonly retain?: number;
  readonly attributes?: Attributes;
}

const LINK = /^(https?:|mailto:|tel:|page:|[/#?.])/i;

function flag(tag: string, ...also: string[]): MarkSpec {
  return {
    parseDOM: [tag, ...also].map((rule) => (rule.includes("=") ? { style: rule } : { tag: rule })),
    toDOM: () => [tag, 0],
  };
}

/** Mark names are the delta's attribute names; a mark's `value` is the attribute's value. */
export const schema = new Schema({
  nodes: {
    doc: { content: "inline*" },
    text: { group: "inline" },
    hard_break: {
      group: "inline",
      inline: true,
      selectable: false,
      leafText: () => "\n",
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
  },
  marks: {
    link: {
      attrs: { value: {} },
      inclusive: false,
      parseDOM: [
        {
          tag: "a[href]",
          getAttrs: (element) => {
            const value = (element as Element).getAttribute("href")?.trim() ?? "";
            return LINK.test(value) ? { value } : false;
          },
        },
      ],
      toDOM: (mark) => ["a", { href: String(mark.attrs["value"]) }, 0],
    },
    bold: flag("strong", "b", "font-weight=bold", "font-weight=700"),
    italic: flag("em", "i", "font-style=italic"),
    code: flag("code"),
    color: {
      attrs: { value: {} },
      // Colours of pasted text are those of another page: they are left behind.
      toDOM: (mark) => ["span", { style: `color:${cssColor(String(mark.attrs["value"]))}` }, 0],
    },
  },
});

function cssColor(value: string): string {
  if (value.startsWith("$")) return `var(--${value.slice(1).replaceAll(".", "-")})`;
  return /^#[0-9a-f]{3,8}$/i.test(value) ? value : "inherit";
}

export function markValue(mark: Mark): unknown {
  return mark.attrs["value"] ?? true;
}

export function attributesOf(marks: readonly Mark[]): Record<string, unknown> {
  return Object.fromEntries(marks.map((mark) => [mark.type.name, markValue(mark)]));
}

export function markOf(name: string, value: unknown): Mark | undefined {
  if (value === null || value === undefined || value === false) return undefined;
  return schema.marks[name]?.create(value === true ? null : { value });
}

function marksOf(attributes: Attributes = {}): readonly Mark[] {
  return Object.entries(attributes)
    .flatMap(([name, value]) => markOf(name, value) ?? [])
    .reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), Mark.none);
}

export function nodesOf(text: string, marks: readonly Mark[]): Node[] {
  return text
    .split(/(\n)/)
    .filter(Boolean)
    .map((part) =>
      part === "\n" ? schema.node("hard_break", null, undefined, marks) : schema.text(part, marks),
    );
}

export function nodesOfOp(op: DeltaOp): Node[] {
  // What is not text counts one unit, as it does in the Y.Text.
  const text = typeof op.insert === "string" ? op.insert : "\ufffc";
  return nodesOf(text, marksOf(op.attributes));
}

export function docFrom(text: Y.Text): Node {
  const nodes = (text.toDelta() as DeltaOp[]).flatMap(nodesOfOp);
  return schema.node("doc", null, Fragment.fromArray(nodes));
}

export function plainTextOf(node: Node): string {
  return node.textBetween(0, node.content.size);
}
