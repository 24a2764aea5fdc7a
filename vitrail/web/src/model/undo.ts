import * as Y from "yjs";
import { buildTree, type Position, readPosition, readPositions } from "./tree";

/** One key of a map that a gesture changed: what was there, and what it made of it. */
interface KeyChange {
  readonly doc: Y.Doc;
  /** Root, then node id if any, then key. */
  readonly path: readonly string[];
  readonly before: unknown;
  after: unknown;
}

type TextStep = Y.UndoManager["undoStack"][number];

interface TextEvent {
  readonly stackItem: TextStep;
  readonly type: "undo" | "redo";
  readonly origin: unknown;
}

/** All that one gesture changed: keys of maps, and steps of text typing. */
interface Gesture {
  readonly keys: Map<string, KeyChange>;
  readonly texts: TextStep[];
}

/** A key that was left alone, because someone else changed it since. */
export interface Kept {
  readonly path: readonly string[];
}

export interface UndoOptions {
  /** Origin of the person's own transactions. */
  readonly origin?: unknown;
  /** Typing that pauses longer than this becomes a gesture of its own. */
  readonly pauseMilliseconds?: number;
  readonly now?: () => number;
}

const ROOTS = ["meta", "nodes", "tokens", "themes", "pages", "redirects"] as const;
const MAX_GESTURES = 500;

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const entries = Object.entries(one);
  const theirs = other as Record<string, unknown>;
  return (
    entries.length === Object.keys(other).length &&
    entries.every(([key, value]) => isSame(value, theirs[key]))
  );
}

function containerOf(doc: Y.Doc, path: readonly string[]): Y.Map<unknown> | undefined {
  let at: unknown = doc.getMap(path[0]);
  for (const part of path.slice(1, -1)) at = at instanceof Y.Map ? at.get(part) : undefined;
  return at instanceof Y.Map ? at : undefined;
}

function valueAt(doc: Y.Doc, path: readonly string[]): unknown {
  return containerOf(doc, path)?.get(path.at(-1) ?? "");
}

/**
 * One person's own undo over pages and the site: never a colleague's work, and never a key that a
 * colleague changed since. Keys of maps are put back here, so that nothing of Yjs' undo of maps
 * (yjs#472, #642) can lose one; texts use `Y.UndoManager`, which merges with others' typing.
 */
export class Undo {
  /** Called after each change of what can be undone or redone. */
  onChange: (() => void) | null = null;
  readonly #origin: unknown;
  readonly #ownOrigin = { undo: true };
  readonly #pause: number;
  readonly #now: () => number;
  readonly #texts: Y.UndoManager;
  readonly #undone: Gesture[] = [];
  readonly #done: Gesture[] = [];
  readonly #stopWatching: (() => void)[] = [];
  #open: Gesture | null = null;
  #lastChange = Number.NEGATIVE_INFINITY;

  constructor(docs: readonly Y.Doc[], options: UndoOptions = {}) {
    this.#origin = options.origin ?? "local";
    this.#pause = options.pauseMilliseconds ?? 600;
    this.#now = options.now ?? (() => performance.now());
    const first = docs[0];
    if (!first) throw new Error("undo needs a document");
    this.#texts = new Y.UndoManager([], {
      doc: first,
      trackedOrigins: new Set([this.#origin]),
      // Only `stop` ends a step, so that texts and keys of one gesture stay together.
      captureTimeout: Number.POSITIVE_INFINITY,
    });
    this.#texts.on("stack-item-added", this.#onText);
    for (const doc of docs) this.#watch(doc);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** End the current gesture: what comes next is undone by itself. */
  stop(): void {
    this.#open = null;
    this.#texts.stopCapturing();
  }

  /** Undo the person's last gesture; returns the keys left alone, null if there was nothing. */
  undo(): Kept[] | null {
    return this.#turnBack(this.#done, this.#undone, (step) => this.#undoText(step));
  }

  /** Do again what was undone last; returns the keys left alone, null if there was nothing. */
  redo(): Kept[] | null {
    return this.#turnBack(this.#undone, this.#done, (step) => this.#redoText(step));
  }

  destroy(): void {
    for (const stop of this.#stopWatching) stop();
    this.#texts.destroy();
  }

  #watch(doc: Y.Doc): void {
    for (const root of ROOTS) {
      const map = doc.getMap(root);
      const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) =>
        this.#onEvents(doc, root, events, transaction);
      map.observeDeep(observe);
      this.#stopWatching.push(() => map.unobserveDeep(observe));
    }
    const begin = (transaction: Y.Transaction) => {
      if (transaction.origin !== this.#origin) return;
      if (this.#now() - this.#lastChange > this.#pause) this.stop();
      this.#lastChange = this.#now();
    };
    doc.on("beforeTransaction", begin);
    this.#stopWatching.push(() => doc.off("beforeTransaction", begin));
    if (doc !== this.#texts.doc) return;
    this.#texts.addToScope([...doc.getMap("nodes").values()].flatMap(textsIn));
  }

  #onEvents(
    doc: Y.Doc,
    root: string,
    events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction,
  ): void {
    const isMine = transaction.origin === this.#origin;
    for (const event of events) {
      if (!(event instanceof Y.YMapEvent)) continue;
      const map = event.target as Y.Map<unknown>;
      for (const [key, change] of event.changes.keys) {
        const value = map.get(key);
        if (doc === this.#texts.doc) this.#texts.addToScope(textsIn(value));
        // A node or text that is born is never undone, only its place is.
        const isBirth =
          value instanceof Y.AbstractType || change.oldValue instanceof Y.AbstractType;
        if (!isMine || isBirth) continue;
        this.#note(doc, [root, ...(event.path as string[]), key], change.oldValue, value);
      }
    }
  }

  #gesture(): Gesture {
    if (!this.#open) {
      this.#open = { keys: new Map(), texts: [] };
      this.#done.push(this.#open);
      if (this.#done.length > MAX_GESTURES) this.#done.shift();
    }
    this.#undone.length = 0;
    return this.#open;
  }

  #note(doc: Y.Doc, path: readonly string[], before: unknown, after: unknown): void {
    const { keys } = this.#gesture();
    const name = `${doc.guid}/${path.join("/")}`;
    const known = keys.get(name);
    if (known) known.after = after;
    else keys.set(name, { doc, path, before, after });
    this.onChange?.();
  }

  readonly #onText = ({ stackItem, type, origin }: TextEvent): void => {
    if (type !== "undo" || origin !== this.#origin) return;
    this.#gesture().texts.push(stackItem);
    this.onChange?.();
  };

  #turnBack(
    from: Gesture[],
    to: Gesture[],
    turnText: (step: TextStep) => readonly TextStep[],
  ): Kept[] | null {
    this.stop();
    const gesture = from.pop();
    if (!gesture) return null;
    const texts = [...gesture.texts].reverse().flatMap(turnText);
    const turned: Gesture = { keys: new Map(), texts };
    const kept: Kept[] = [];
    for (const doc of new Set([...gesture.keys.values()].map((change) => change.doc))) {
      doc.transact(() => this.#putBack(doc, gesture, turned, kept), this.#ownOrigin);
    }
    if (turned.keys.size > 0 || turned.texts.length > 0) to.push(turned);
    this.onChange?.();
    return kept;
  }

  // Yjs pops on to the next step when one changes nothing any more; with the one step alone on its
  // stack, texts and keys of a gesture can never fall out of step.
  #undoText(step: TextStep): readonly TextStep[] {
    this.#texts.undoStack = [step];
    this.#texts.redoStack = [];
    this.#texts.undo();
    return this.#texts.redoStack.splice(0);
  }

  #redoText(step: TextStep): readonly TextStep[] {
    this.#texts.redoStack = [step];
    this.#texts.undoStack = [];
    this.#texts.redo();
    return this.#texts.undoStack.splice(0);
  }

  #putBack(doc: Y.Doc, gesture: Gesture, turned: Gesture, kept: Kept[]): void {
    for (const [name, change] of [...gesture.keys].reverse()) {
      if (change.doc !== doc) continue;
      const { path, before, after } = change;
      const container = containerOf(doc, path);
      const key = path.at(-1) ?? "";
      if (!container || !isStill(key, container.get(key), after)) {
        kept.push({ path });
        continue;
      }
      const value = key === "pos" ? movedBack(doc, path, before) : before;
      if (value === undefined) container.delete(key);
      else container.set(key, value);
      turned.keys.set(name, { doc, path, before: after, after: valueAt(doc, path) });
    }
  }
}

/** Whether a key holds what a gesture made of it; undoing a later move gives it a fresh counter. */
function isStill(key: string, value: unknown, after: unknown): boolean {
  if (key !== "pos") return isSame(value, after);
  const [now, then] = [readPosition(value), readPosition(after)];
  return now.p === then.p && now.i === then.i;
}

function textsIn(value: unknown): Y.Text[] {
  if (value instanceof Y.Text) return [value];
  if (!(value instanceof Y.Map)) return [];
  return [...value.values()].filter((item) => item instanceof Y.Text);
}

/** The old place as a fresh move, so that it wins over the move that it undoes. */
function movedBack(doc: Y.Doc, path: readonly string[], before: unknown): Position {
  const positions = readPositions(doc.getMap(path[0]));
  const { p, i } = readPosition(before);
  let counter = 0;
  for (const at of positions.values()) counter = Math.max(counter, at.c);
  const pp = buildTree(positions).parents.get(path[1] ?? "") ?? "trash";
  return { p, i, c: counter + 1, pp };
}
