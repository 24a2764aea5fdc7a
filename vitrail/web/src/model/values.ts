export const MAX_VALUE_BYTES = 16_384;

const SCHEMES = new Set(["http", "https", "mailto", "tel", "sms", "page", "asset"]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these from URLs
const IGNORED = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(colon|tab|newline));?/gi;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

// Control characters, ways out of a declaration, comments and escapes, then all that loads or runs.
const FORBIDDEN_CSS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is forbidden
  /[;{}<>\\@\u0000-\u001f\u007f]|\/\*|\*\/|expression\s*\(|script\s*:|behavior\s*:|binding|\b(?:image-set|image|src|element|paint|cross-fade|attr|env)\s*\(/i;
const URL_START = /url\s*\(/gi;
const ASSET_URL = /url\((?:asset:[0-9A-Za-z_-]+|demo\/[0-9a-z-]+)\)/g;
const QUOTED = /"[^"]*"|'[^']*'/g;
const TOKEN_NAME = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const COLOR = /^(?:\$[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*|#[0-9a-fA-F]{3,8})$/;
const LOCALE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
const ANCHOR = /^[A-Za-z][0-9A-Za-z_-]{0,63}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they cannot be part of an address
const SLUG = /^[^\u0000-\u0020/?#%\\<>"'&]{0,100}$/;

const encoder = new TextEncoder();

export function sizeBytes(text: string): number {
  return encoder.encode(text).length;
}

function entity(_all: string, hexadecimal?: string, decimal?: string, name?: string): string {
  if (name) return name.toLowerCase() === "colon" ? ":" : "";
  const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal);
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
}

/** Whether a link or source may be followed: no script, no inline document. */
export function isSafeUrl(url: string): boolean {
  const plain = url.replace(IGNORED, "").replace(ENTITY, entity).replace(IGNORED, "");
  const scheme = SCHEME.exec(plain)?.[1];
  return scheme === undefined || SCHEMES.has(scheme.toLowerCase());
}

/** Whether `value` is one CSS value that can neither leave its declaration nor load. */
export function isSafeCss(value: string): boolean {
  if (sizeBytes(value) > MAX_VALUE_BYTES || FORBIDDEN_CSS.test(value)) return false;
  if ((value.match(URL_START) ?? []).length !== (value.match(ASSET_URL) ?? []).length) return false;
  const bare = value.replace(QUOTED, "");
  if (/["']/.test(bare)) return false;
  let depth = 0;
  for (const character of bare) {
    if (character === "(" || character === "[") depth++;
    if (character === ")" || character === "]") depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Whether `value` is `$token` or `#rrggbb`. */
export function isColor(value: string): boolean {
  return COLOR.test(value);
}

export function isTokenName(name: string): boolean {
  return TOKEN_NAME.test(name);
}

/** Whether `name` looks like a BCP 47 tag, such as `fr` or `pt-BR`. */
export function isLocale(name: string): boolean {
  return LOCALE.test(name);
}

export function isAnchor(name: string): boolean {
  return ANCHOR.test(name);
}

/** Whether `slug` may be one segment of a path; empty means the home page. */
export function isSlug(slug: string): boolean {
  return SLUG.test(slug) && slug !== "." && slug !== "..";
}
