import type * as Y from "yjs";
import { invalid } from "./errors";
import { isColor, isSafeUrl, MAX_VALUE_BYTES, sizeBytes } from "./values";

export type Attributes = Readonly<Record<string, unknown>>;

/** A piece of text with one formatting, as in a Quill delta. */
export interface Run {
  readonly insert: string;
  readonly attributes?: Attributes;
}

const MARKS = new Set(["bold", "italic", "code"]);

/** Read a text as runs; embedded objects, which nobody may make, are left out. */
export function readRuns(text: Y.Text): Run[] {
  const runs: Run[] = [];
  for (const piece of text.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
    if (typeof piece.insert !== "string") continue;
    const marks = Object.entries(piece.attributes ?? {}).filter(([, mark]) => mark !== null);
    runs.push(
      marks.length > 0
        ? { insert: piece.insert, attributes: Object.fromEntries(marks) }
        : { insert: piece.insert },
    );
  }
  return runs;
}

export function plainText(runs: readonly Run[]): string {
  return runs.map((run) => run.insert).join("");
}

function isAttribute(name: string, value: unknown): boolean {
  if (MARKS.has(name)) return value === true;
  if (typeof value !== "string") return false;
  return name === "link" ? isSafeUrl(value) : name === "color" && isColor(value);
}

function clean(characters: string): string {
  return characters.replace(/[\ud800-\udfff]/gu, "?").replace(/\r\n?/g, "\n");
}

function parsePiece(piece: unknown): Run {
  const { insert, attributes = {} } = (piece ?? {}) as Record<string, unknown>;
  if (typeof insert !== "string" || !insert || typeof attributes !== "object" || !attributes) {
    throw invalid('each piece of a text is {"insert": characters, "attributes"?: {…}}');
  }
  for (const [name, mark] of Object.entries(attributes)) {
    if (!isAttribute(name, mark)) {
      throw invalid(`text cannot have the attribute '${name}' with this value`);
    }
  }
  const run = clean(insert);
  return Object.keys(attributes).length > 0
    ? { insert: run, attributes: attributes as Attributes }
    : { insert: run };
}

/** Read a string or a delta that came from outside. */
export function parseDelta(value: unknown): Run[] {
  let runs: Run[] = [];
  if (typeof value === "string") runs = value ? [{ insert: clean(value) }] : [];
  else if (Array.isArray(value)) runs = value.map(parsePiece);
  else throw invalid("a text is a string or a list of inserts");
  if (sizeBytes(plainText(runs)) > MAX_VALUE_BYTES) throw invalid("a text holds at most 16 kB");
  return runs;
}

function attributesAt(runs: readonly Run[], place: number): Attributes {
  let left = place;
  for (const run of runs) {
    if (left < run.insert.length) return run.attributes ?? {};
    left -= run.insert.length;
  }
  return {};
}

function isHighHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * Change a text to `wanted` by the smallest replacement, keeping others' formatting. What is
 * inserted takes the attributes of the character before it.
 */
export function replaceText(text: Y.Text, wanted: string): void {
  const runs = readRuns(text);
  const current = plainText(runs);
  if (current === wanted) return;
  const shorter = Math.min(current.length, wanted.length);
  let start = 0;
  while (start < shorter && current[start] === wanted[start]) start++;
  // A cut between the halves of a surrogate pair would leave characters that have no encoding.
  if (start > 0 && isHighHalf(current, start - 1)) start--;
  let end = 0;
  while (
    end < shorter - start &&
    current[current.length - 1 - end] === wanted[wanted.length - 1 - end]
  ) {
    end++;
  }
  if (end > 0 && isLowHalf(current, current.length - end)) end--;
  const attributes = attributesAt(runs, Math.max(0, start - 1));
  const removed = current.length - end - start;
  const inserted = wanted.slice(start, wanted.length - end);
  if (removed > 0) text.delete(start, removed);
  if (inserted) text.insert(start, inserted, attributes);
}

function isLowHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Change a text and its formatting to `wanted`. */
export function replaceRuns(text: Y.Text, wanted: readonly Run[]): void {
  replaceText(text, plainText(wanted));
  const current = readRuns(text);
  let at = 0;
  for (const run of wanted) {
    const end = at + run.insert.length;
    const changes = differences(current, at, end, run.attributes ?? {});
    if (changes) text.format(at, end - at, changes);
    at = end;
  }
}

function differences(
  current: readonly Run[],
  from: number,
  to: number,
  wanted: Attributes,
): Attributes | null {
  const gone = new Set<string>();
  let differs = false;
  let at = 0;
  for (const run of current) {
    const end = at + run.insert.length;
    if (at < to && end > from && !isSame(run.attributes ?? {}, wanted)) {
      differs = true;
      for (const name of Object.keys(run.attributes ?? {})) if (!(name in wanted)) gone.add(name);
    }
    at = end;
  }
  return differs
    ? { ...wanted, ...Object.fromEntries([...gone].map((name) => [name, null])) }
    : null;
}

function isSame(one: Attributes, other: Attributes): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}
