import type * as Y from "yjs";

/**
 * Edits one text in place: what is typed becomes the least insertion and deletion on the `Y.Text`,
 * so that what two people type at once merges character by character.
 */
export class TextEditor {
  readonly #before: string;

  constructor(
    readonly element: HTMLElement,
    readonly text: Y.Text,
    readonly origin: unknown,
    readonly onEnd: (isEscape: boolean) => void,
    readonly onType: () => void,
  ) {
    this.#before = element.innerHTML;
    element.textContent = text.toString();
    element.setAttribute("contenteditable", "plaintext-only");
    element.addEventListener("input", this.#push);
    element.addEventListener("keydown", this.#keys);
    element.addEventListener("blur", this.#blur);
    text.observe(this.#pull);
    element.focus({ preventScroll: true });
    const view = element.ownerDocument.defaultView;
    view?.getSelection()?.selectAllChildren(element);
  }

  destroy(): void {
    this.element.removeEventListener("input", this.#push);
    this.element.removeEventListener("keydown", this.#keys);
    this.element.removeEventListener("blur", this.#blur);
    this.text.unobserve(this.#pull);
    this.element.removeAttribute("contenteditable");
    this.element.innerHTML = this.#before;
  }

  readonly #blur = (): void => this.onEnd(false);

  readonly #keys = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") this.onEnd(true);
    if (event.key === "Enter") {
      event.preventDefault();
      const at = this.#caret();
      this.text.doc?.transact(() => {
        if (at.end > at.start) this.text.delete(at.start, at.end - at.start);
        this.text.insert(at.start, "\n");
      }, this.origin);
      this.#draw(at.start + 1);
    }
  };

  readonly #push = (): void => {
    const change = leastChange(this.text.toString(), this.element.textContent ?? "");
    if (!change) return;
    this.text.doc?.transact(() => {
      if (change.deleted) this.text.delete(change.at, change.deleted);
      if (change.inserted) this.text.insert(change.at, change.inserted);
    }, this.origin);
    this.onType();
  };

  readonly #pull = (event: Y.YTextEvent): void => {
    if (event.transaction.origin === this.origin && event.transaction.local) return;
    this.#draw(moveThrough(this.#caret().start, event.delta as Delta));
  };

  #draw(caret: number): void {
    this.element.textContent = this.text.toString();
    const node = this.element.firstChild;
    const selection = this.element.ownerDocument.defaultView?.getSelection();
    if (node) selection?.collapse(node, Math.min(caret, node.textContent?.length ?? 0));
  }

  #caret(): { start: number; end: number } {
    const range = this.element.ownerDocument.defaultView?.getSelection();
    if (!range || range.rangeCount === 0) return { start: 0, end: 0 };
    const found = range.getRangeAt(0);
    const offset = (node: Node, within: number) => {
      const before = this.element.ownerDocument.createRange();
      before.selectNodeContents(this.element);
      before.setEnd(node, within);
      return before.toString().length;
    };
    return {
      start: offset(found.startContainer, found.startOffset),
      end: offset(found.endContainer, found.endOffset),
    };
  }
}

export interface Change {
  readonly at: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** The one run in which two texts differ; surrogate pairs are never cut. */
export function leastChange(before: string, after: string): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const isHigh = (text: string, at: number) => /[\ud800-\udbff]/.test(text[at] ?? "");
  if (start > 0 && isHigh(before, start - 1)) start--;
  const isLow = (text: string, at: number) => /[\udc00-\udfff]/.test(text[at] ?? "");
  if (end > 0 && isLow(before, before.length - end)) end--;
  return {
    at: start,
    deleted: before.length - end - start,
    inserted: after.slice(start, after.length - end),
  };
}

type Delta = readonly { insert?: unknown; delete?: number; retain?: number }[];

/** Where a caret goes when someone else edits around it: it keeps to the character on its left. */
export function moveThrough(caret: number, delta: Delta): number {
  let at = 0;
  let moved = caret;
  for (const op of delta) {
    if (op.retain) at += op.retain;
    else if (op.delete) {
      if (at < moved) moved -= Math.min(op.delete, moved - at);
    } else if (typeof op.insert === "string") {
      if (at < moved) moved += op.insert.length;
      at += op.insert.length;
    }
  }
  return moved;
}
