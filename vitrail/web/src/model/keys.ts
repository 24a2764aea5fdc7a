import { generateKeyBetween } from "fractional-indexing";

/** A source of numbers in [0, 1), as `Math.random`. */
export type Random = () => number;

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SMALLEST = `A${"0".repeat(26)}`;
/** Longer keys are malformed: no sequence of edits that repair follows makes them. */
const MAX_KEY_LENGTH = 1024;
const SHAPE = /^[0-9A-Za-z]+$/;

/** Tell whether `key` is an order key that both languages accept. */
export function isKey(key: unknown): key is string {
  if (typeof key !== "string" || key.length > MAX_KEY_LENGTH || !SHAPE.test(key)) return false;
  const head = key.charCodeAt(0);
  let length = 0;
  if (head >= 97) length = head - 97 + 2;
  else if (head >= 65) length = 90 - head + 2;
  else return false;
  if (length > key.length || key.startsWith(SMALLEST)) return false;
  return key.length === length || !key.endsWith("0");
}

/** Leave room below `before` so that any tail after the key still sorts under it. */
function openKey(after: string | null, before: string | null): string {
  let key = generateKeyBetween(after, before);
  while (before?.startsWith(key)) key = generateKeyBetween(key, before);
  return key;
}

function digit(random: Random, from: number): string {
  return DIGITS.charAt(from + Math.floor(random() * (DIGITS.length - from)));
}

/** Make a key between two others; its random tail keeps two people's keys apart. */
export function keyBetween(after: string | null, before: string | null, random: Random): string {
  return openKey(after, before) + digit(random, 0) + digit(random, 1);
}

/** Make `count` rising keys under one random prefix, so that two pasted runs do not interleave. */
export function keysBetween(
  after: string | null,
  before: string | null,
  count: number,
  random: Random,
): string[] {
  const prefix = keyBetween(after, before, random);
  if (count === 1) return [prefix];
  let width = 1;
  while (62 ** width < count) width++;
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    let digits = "";
    for (let place = 0; place < width; place++) {
      digits = DIGITS.charAt(rest % 62) + digits;
      rest = Math.floor(rest / 62);
    }
    return `${prefix}${digits}V`;
  });
}
