import { type EditError, invalid } from "./errors";
import { type FragmentNode, isObject } from "./fragments";
import type { Breakpoint, State } from "./primitives";

/** What an operation is about: exactly one of an id, a reference and a name. */
export interface Target {
  readonly id?: string;
  readonly ref?: "selection" | "last";
  readonly type?: string;
  readonly nth?: number | "all" | "middle";
  readonly in?: Target;
  readonly text?: string;
}

/** Where an operation puts its nodes: exactly one way of saying it. */
export interface Place {
  readonly at?: "start" | "end";
  readonly before?: Target;
  readonly after?: Target;
  readonly inside?: Target;
  readonly index?: number;
  readonly by?: number;
}

export type Operation =
  | {
      readonly op: "insert";
      readonly block?: string;
      readonly props?: Readonly<Record<string, unknown>>;
      readonly at?: Place;
      readonly nodes?: readonly FragmentNode[];
    }
  | { readonly op: "remove"; readonly target: Target }
  | { readonly op: "move"; readonly target: Target; readonly at: Place }
  | {
      readonly op: "duplicate";
      readonly target: Target;
      readonly count?: number;
      readonly to_page?: string;
    }
  | {
      readonly op: "set_text";
      readonly target: Target;
      readonly text: unknown;
      readonly locale?: string;
      readonly field?: string;
    }
  | {
      readonly op: "update";
      readonly target: Target;
      readonly set: Readonly<Record<string, unknown>>;
      readonly locale?: string;
    }
  | {
      readonly op: "style";
      readonly target: Target;
      readonly set: Readonly<Record<string, string | number | null>>;
      readonly breakpoint?: Breakpoint;
      readonly state?: State;
    }
  | { readonly op: "theme"; readonly set: Readonly<Record<string, string | null>> }
  | {
      readonly op: "add_page";
      readonly title: string;
      readonly slug?: string;
      readonly after?: string;
      readonly locale?: string;
    }
  | {
      readonly op: "rename_page";
      readonly page: string;
      readonly title?: string;
      readonly slug?: string;
      readonly locale?: string;
    }
  | { readonly op: "remove_page"; readonly page: string }
  | { readonly op: "undo"; readonly run: string };

export type OperationName = Operation["op"];
export type Of<Name extends OperationName> = Extract<Operation, { op: Name }>;

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === "string";
const isInteger: Check = (value) => Number.isInteger(value);
const isRecord: Check = isObject;
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value);

const isTarget: Check = (value) =>
  hasShape(value, {
    id: isString,
    ref: oneOf("selection", "last"),
    type: isString,
    nth: (nth) => (isInteger(nth) && nth !== 0) || nth === "all" || nth === "middle",
    in: isTarget,
    text: isString,
  }) && countOf(value, ["id", "ref", "type"]) === 1;

const isPlace: Check = (value) =>
  hasShape(value, {
    at: oneOf("start", "end"),
    before: isTarget,
    after: isTarget,
    inside: isTarget,
    index: isInteger,
    by: isInteger,
  }) &&
  countOf(value, ["at", "before", "after", "inside", "by"]) === 1 &&
  (countOf(value, ["index"]) === 0 || countOf(value, ["inside"]) === 1);

const SHAPES: Record<OperationName, { needs: Record<string, Check>; may: Record<string, Check> }> =
  {
    insert: {
      needs: {},
      may: { block: isString, props: isRecord, at: isPlace, nodes: Array.isArray },
    },
    remove: { needs: { target: isTarget }, may: {} },
    move: { needs: { target: isTarget, at: isPlace }, may: {} },
    duplicate: { needs: { target: isTarget }, may: { count: isInteger, to_page: isString } },
    set_text: {
      needs: { target: isTarget, text: (text) => isString(text) || Array.isArray(text) },
      may: { locale: isString, field: isString },
    },
    update: { needs: { target: isTarget, set: isRecord }, may: { locale: isString } },
    style: {
      needs: { target: isTarget, set: isRecord },
      may: { breakpoint: oneOf("_", "md", "sm"), state: oneOf("", "hover", "focus") },
    },
    theme: { needs: { set: isRecord }, may: {} },
    add_page: {
      needs: { title: isString },
      may: { slug: isString, after: isString, locale: isString },
    },
    rename_page: {
      needs: { page: isString },
      may: { title: isString, slug: isString, locale: isString },
    },
    remove_page: { needs: { page: isString }, may: {} },
    undo: { needs: { run: isString }, may: {} },
  };

function countOf(value: unknown, keys: readonly string[]): number {
  return keys.filter((key) => isObject(value) && (value[key] ?? null) !== null).length;
}

function hasShape(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([key, item]) => Object.hasOwn(checks, key) && (item === null || checks[key]?.(item)),
  );
}

/** Read operations that came as JSON from outside, as from the assistant. */
export function decode(raw: readonly unknown[]): Operation[] {
  return raw.map((item, place) => {
    const fail = (why: string): EditError => invalid(`operation ${place + 1} is malformed: ${why}`);
    if (!isObject(item) || typeof item.op !== "string" || !Object.hasOwn(SHAPES, item.op)) {
      throw fail("unknown op");
    }
    const { op, ...fields } = item;
    const shape = SHAPES[op as OperationName];
    for (const key of Object.keys(shape.needs)) if (!(key in fields)) throw fail(`missing ${key}`);
    for (const [key, value] of Object.entries(fields)) {
      const check = { ...shape.may, ...shape.needs }[key];
      if (!check || !(check(value) || (value === null && key in shape.may)))
        throw fail(`wrong ${key}`);
    }
    if (op === "insert" && countOf(fields, ["block", "nodes"]) !== 1) {
      throw fail("insert has either block or nodes");
    }
    return item as unknown as Operation;
  });
}
