// Flat binding between a ProseMirror view and a Y.Text.
// The document node holds inline content itself and a hard break counts one unit ("\n"), so a
// position in the editor IS an index (UTF-16) in the Y.Text: no table of positions.
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { Fragment, type MarkType, type Node, Slice } from "prosemirror-model";
import { EditorState, type Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from "prosemirror-transform";
import { EditorView } from "prosemirror-view";
import * as Y from "yjs";
import { HeldPositions } from "./held-positions";
import {
  attributesOf,
  type DeltaOp,
  docFrom,
  markOf,
  markValue,
  nodesOf,
  nodesOfOp,
  plainTextOf,
  schema,
} from "./text-schema";

export interface BindingOptions {
  /** Origin of local transactions, by which undo knows whose they are. */
  readonly origin: unknown;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly onLeave: (how: "escape" | "blur") => void;
  readonly onSelect: () => void;
  readonly editLink: () => void;
}

// Pasted blocks become lines.
const BLOCK_END = /<\/(p|div|h[1-6]|li|tr|blockquote|pre)>(?=\s*<(?!\/))/gi;
const PAIR = /^[\ud800-\udbff][\udc00-\udfff]$/;
const SETTLE_MS = 30;

function splitsPair(text: string, at: number): boolean {
  return PAIR.test(text.slice(at - 1, at + 1));
}

function mark(name: string): MarkType {
  const type = schema.marks[name];
  if (!type) throw new Error(`no mark ${name}`);
  return type;
}

export class TextBinding {
  readonly view: EditorView;
  readonly text: Y.Text;
  readonly #options: BindingOptions;
  readonly #element: HTMLElement;
  readonly #restore: readonly (readonly [string, string | null])[];
  /** While an IME composes: where each unit of the editor is in the Y.Text. */
  #held: HeldPositions | null = null;
  #isWriting = false;

  constructor(text: Y.Text, element: HTMLElement, options: BindingOptions) {
    this.text = text;
    this.#options = options;
    this.#element = element;
    this.#restore = ["class", "contenteditable", "translate", "style"].map(
      (name) => [name, element.getAttribute(name)] as const,
    );
    element.style.whiteSpace = "break-spaces";
    this.view = new EditorView(
      { mount: element },
      {
        state: EditorState.create({ doc: docFrom(text), plugins: this.#plugins() }),
        dispatchTransaction: (transaction) => this.#dispatch(transaction),
        transformPastedHTML: (html) => html.replace(BLOCK_END, "$&<br>"),
        clipboardTextParser: (pasted, $at, isPlain) => {
          const nodes = nodesOf(pasted.replace(/\r\n?/g, "\n"), isPlain ? [] : [...$at.marks()]);
          return new Slice(Fragment.fromArray(nodes), 0, 0);
        },
        clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size),
        handleDOMEvents: {
          compositionend: () => {
            this.#settleSoon();
            return false;
          },
          blur: () => {
            this.#options.onLeave("blur");
            return false;
          },
        },
      },
    );
    text.observe(this.#onText);
  }

  destroy(): void {
    this.text.unobserve(this.#onText);
    this.view.destroy();
    for (const [name, value] of this.#restore) {
      if (value === null) this.#element.removeAttribute(name);
      else this.#element.setAttribute(name, value);
    }
  }

  /** The selection for colleagues, as positions that edits do not shift. */
  caret(): { anchor: unknown; head: unknown } {
    const relative = (position: number) =>
      Y.relativePositionToJSON(
        Y.createRelativePositionFromTypeIndex(this.text, this.#toY(position), -1),
      ) as unknown;
    const { anchor, head } = this.view.state.selection;
    return { anchor: relative(anchor), head: relative(head) };
  }

  selectAll(): void {
    const { state } = this.view;
    const end = state.doc.content.size;
    this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, 0, end)));
  }

  /** Put the caret where a click was. */
  selectAt(left: number, top: number): void {
    const found = this.view.posAtCoords({ left, top });
    if (!found) return;
    const { state } = this.view;
    this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, found.pos)));
  }

  toggle(name: "bold" | "italic" | "code"): void {
    toggleMark(mark(name))(this.view.state, this.view.dispatch);
    this.view.focus();
  }

  isActive(name: string): boolean {
    const { from, to, empty, $from } = this.view.state.selection;
    const type = mark(name);
    if (empty) return type.isInSet(this.view.state.storedMarks ?? $from.marks()) !== undefined;
    return this.view.state.doc.rangeHasMark(from, to, type);
  }

  get hasSelection(): boolean {
    return !this.view.state.selection.empty;
  }

  link(): string {
    const { $from, from, to } = this.view.state.selection;
    let found = mark("link").isInSet($from.marks());
    this.view.state.doc.nodesBetween(from, to, (node) => {
      found ??= mark("link").isInSet(node.marks);
    });
    return String(found?.attrs["value"] ?? "");
  }

  setLink(value: string): void {
    const { state } = this.view;
    const { from, to } = state.selection;
    const transaction = state.tr.removeMark(from, to, mark("link"));
    if (value) transaction.addMark(from, to, mark("link").create({ value }));
    this.view.dispatch(transaction);
    this.view.focus();
  }

  #plugins(): Plugin[] {
    const turn = (way: "undo" | "redo") => () => {
      if (!this.view.composing) this.#options[way]();
      return true;
    };
    const newline = (state: EditorState, dispatch?: (transaction: Transaction) => void) => {
      const marks = state.storedMarks ?? state.selection.$from.marks();
      const line = schema.node("hard_break", null, undefined, marks);
      dispatch?.(state.tr.replaceSelectionWith(line, false).scrollIntoView());
      return true;
    };
    const own = keymap({
      "Mod-b": toggleMark(mark("bold")),
      "Mod-i": toggleMark(mark("italic")),
      "Mod-e": toggleMark(mark("code")),
      "Mod-k": () => {
        this.#options.editLink();
        return true;
      },
      "Mod-z": turn("undo"),
      "Mod-y": turn("redo"),
      "Shift-Mod-z": turn("redo"),
      Escape: () => {
        this.#options.onLeave("escape");
        return true;
      },
      Enter: newline,
      "Shift-Enter": newline,
    });
    return [own, keymap(baseKeymap)];
  }

  // ---- from the editor to the Y.Text

  #dispatch(transaction: Transaction): void {
    const { state, transactions } = this.view.state.applyTransaction(transaction);
    this.view.updateState(state);
    this.#options.onSelect();
    if (transaction.getMeta("remote") || !transactions.some((one) => one.docChanged)) return;
    this.#isWriting = true;
    this.text.doc?.transact(() => {
      for (const one of transactions) {
        one.steps.forEach((step, at) => {
          const before = one.docs[at];
          if (before) this.#push(step, before, one.docs[at + 1] ?? one.doc);
        });
      }
    }, this.#options.origin);
    this.#isWriting = false;
  }

  #push(step: Step, before: Node, after: Node): void {
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
      const value = step instanceof AddMarkStep ? markValue(step.mark) : null;
      for (const [at, count] of this.#runs(step.from, step.to))
        this.text.format(at, count, { [step.mark.type.name]: value });
    } else if (step instanceof ReplaceStep) {
      this.#replace(step, before, after);
    } else throw new Error("an unexpected step");
  }

  #replace(step: ReplaceStep, before: Node, after: Node): void {
    let { from, to } = step;
    let end = from + step.slice.size;
    const old = plainTextOf(before);
    const fresh = plainTextOf(after);
    // Yjs turns half of a surrogate pair into U+FFFD: never cut one.
    if (splitsPair(old, from) || splitsPair(fresh, from)) from--;
    if (splitsPair(old, to) || splitsPair(fresh, end)) {
      to++;
      end++;
    }
    let at = this.#toY(from);
    for (const [index, count] of this.#runs(from, to).reverse()) {
      this.text.delete(index, count);
      this.#held?.shift(index, count, 0);
    }
    if (this.#held) at = this.#toY(from);
    const start = at;
    after.slice(from, end).content.forEach((node) => {
      const piece = node.isText ? (node.text ?? "") : "\n";
      this.text.insert(at, piece, attributesOf(node.marks));
      at += piece.length;
    });
    this.#held?.shift(start, 0, at - start);
    this.#held?.replace(from, to, start, at - start);
  }

  // ---- from the Y.Text to the editor

  readonly #onText = (event: Y.YTextEvent): void => {
    if (this.#isWriting) return;
    const delta = event.delta as DeltaOp[];
    if (this.view.composing || this.#held) {
      // Touching the DOM would break the composition: hold the change back until it ends.
      this.#held ??= new HeldPositions(this.view.state.doc.content.size);
      this.#held.follow(delta);
      this.#settleSoon();
      return;
    }
    this.#apply(
      (transaction) => replay(delta, transaction),
      (transaction, position, side) => transaction.mapping.map(position, side),
    );
  };

  /** Apply a change of someone else, then hold the result against the Y.Text and mend it. */
  #apply(
    change: (transaction: Transaction) => void,
    map: (transaction: Transaction, position: number, side: number) => number,
  ): void {
    const { state } = this.view;
    const { selection, storedMarks } = state;
    const wanted = docFrom(this.text);
    if (wanted.eq(state.doc)) return;
    const transaction = state.tr;
    change(transaction);
    mend(transaction, wanted);
    // A caret keeps to the character on its left, so what two people type at one spot does not mix.
    const at = (position: number) => {
      const isStart = !selection.empty && position === selection.from;
      const mapped = map(transaction, position, isStart ? 1 : -1);
      return Math.min(mapped, transaction.doc.content.size);
    };
    transaction.setSelection(
      TextSelection.create(transaction.doc, at(selection.anchor), at(selection.head)),
    );
    this.view.dispatch(
      transaction
        .setStoredMarks(storedMarks)
        .setMeta("remote", true)
        .setMeta("addToHistory", false),
    );
  }

  #settleSoon(): void {
    setTimeout(() => this.#settle(), SETTLE_MS);
  }

  #settle(): void {
    if (!this.#held || this.view.isDestroyed) return;
    if (this.view.composing) {
      this.#settleSoon();
      return;
    }
    const { anchor, head } = this.view.state.selection;
    const places = new Map([anchor, head].map((position) => [position, this.#toY(position)]));
    this.#held = null;
    this.#apply(
      () => undefined,
      (_, position) => places.get(position) ?? position,
    );
  }

  #toY(position: number): number {
    return this.#held?.toY(position) ?? position;
  }

  #runs(from: number, to: number): [number, number][] {
    if (this.#held) return this.#held.runs(from, to);
    return to > from ? [[from, to - from]] : [];
  }
}

function replay(delta: readonly DeltaOp[], transaction: Transaction): void {
  let at = 0;
  for (const op of delta) {
    if (op.delete) transaction.delete(at, at + op.delete);
    else if (op.insert !== undefined) {
      const nodes = nodesOfOp(op);
      transaction.insert(at, nodes);
      at += nodes.reduce((sum, node) => sum + node.nodeSize, 0);
    } else {
      const end = at + (op.retain ?? 0);
      for (const [name, value] of Object.entries(op.attributes ?? {})) {
        const made = markOf(name, value);
        const type = schema.marks[name];
        if (made) transaction.addMark(at, end, made);
        else if (type) transaction.removeMark(at, end, type);
      }
      at = end;
    }
  }
}

function mend(transaction: Transaction, wanted: Node): void {
  const start = transaction.doc.content.findDiffStart(wanted.content);
  if (start === null) return;
  const ends = transaction.doc.content.findDiffEnd(wanted.content);
  if (!ends) return;
  const over = Math.max(0, start - Math.min(ends.a, ends.b));
  transaction.replace(start, ends.a + over, wanted.slice(start, ends.b + over));
}
