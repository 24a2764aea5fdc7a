/**
 * What Yjs uses of `lib0/logging`: its warnings, without the coloured logger, which with all that it
 * brings is a thirtieth of the first script.
 */
const { log, warn: complain } = console;

export const print = (...words: unknown[]): void => log(...words);
export const warn = (...words: unknown[]): void => complain(...words);
export const UNBOLD = "";
export const BOLD = "";
export const RED = "";
export const ORANGE = "";
