import * as Y from "yjs";

/** One value of a map before and after an edit of ours. */
export interface Inverse {
  readonly doc: Y.Doc;
  readonly path: readonly [root: string, ...rest: string[]];
  readonly before: unknown;
  readonly after: unknown;
}

type Step =
  | { readonly kind: "values"; readonly inverses: readonly Inverse[] }
  | { readonly kind: "text" }
  | { readonly kind: "run"; readonly run: string };

export const LOCAL = { name: "this person's edits" };

/**
 * Each person's own undo. Values of maps are put back by inverses: a value that somebody changed
 * since is left. Texts go through `Y.UndoManager`. Both stand in one list, in the order of the edits.
 */
export class History {
  #done: Step[] = [];
  #undone: Step[] = [];
  readonly #texts: Y.UndoManager;

  constructor(
    readonly page: Y.Doc,
    readonly onChange: () => void,
    /** Undoes a run of commands on the server and returns the run that did so. */
    readonly undoRun: (run: string) => Promise<string>,
  ) {
    this.#texts = new Y.UndoManager(page.getMap("nodes"), {
      trackedOrigins: new Set([TEXT]),
      captureTimeout: 700,
      ignoreRemoteMapChanges: true,
    });
    this.#texts.on("stack-item-added", ({ type }: { type: string }) => {
      if (type === "undo" && !this.#texts.redoing) this.#push({ kind: "text" });
    });
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Set values as one step. */
  set(changes: readonly { doc: Y.Doc; path: Inverse["path"]; value: unknown }[]): void {
    const inverses: Inverse[] = [];
    for (const doc of new Set(changes.map((change) => change.doc))) {
      doc.transact(() => {
        for (const { path, value } of changes.filter((change) => change.doc === doc)) {
          const before = read(doc, path);
          if (same(before, value)) continue;
          write(doc, path, value);
          inverses.push({ doc, path, before, after: value });
        }
      }, LOCAL);
    }
    if (inverses.length) this.#push({ kind: "values", inverses });
  }

  /** A run that the server made for us: undone there as well. */
  addRun(run: string): void {
    this.#push({ kind: "run", run });
  }

  /** End the present gesture: what comes now is a step of its own. */
  stop(): void {
    this.#texts.stopCapturing();
  }

  undo(): void {
    const step = this.#done.pop();
    if (!step) return;
    this.#apply(step, this.#undone, () => this.#texts.undo());
  }

  redo(): void {
    const step = this.#undone.pop();
    if (!step) return;
    this.#apply(step, this.#done, () => this.#texts.redo());
  }

  #apply(step: Step, onto: Step[], text: () => void): void {
    if (step.kind === "values") onto.push({ kind: "values", inverses: putBack(step.inverses) });
    else if (step.kind === "text") {
      text();
      onto.push(step);
    } else {
      void this.undoRun(step.run).then((run) => {
        onto.push({ kind: "run", run });
        this.onChange();
      });
    }
    this.onChange();
  }

  #push(step: Step): void {
    this.#done.push(step);
    this.#undone = [];
    this.onChange();
  }

  destroy(): void {
    this.#texts.destroy();
  }
}

/** The origin of typing. */
export const TEXT = { name: "this person's typing" };

function mapAt(doc: Y.Doc, path: Inverse["path"]): Y.Map<unknown> | null {
  let map: unknown = doc.getMap(path[0]);
  for (const key of path.slice(1, -1)) map = map instanceof Y.Map ? map.get(key) : null;
  return map instanceof Y.Map ? map : null;
}

function read(doc: Y.Doc, path: Inverse["path"]): unknown {
  return mapAt(doc, path)?.get(path.at(-1) ?? "");
}

function write(doc: Y.Doc, path: Inverse["path"], value: unknown): void {
  const key = path.at(-1) ?? "";
  if (value === undefined || value === null) mapAt(doc, path)?.delete(key);
  else mapAt(doc, path)?.set(key, value);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** Put values back, but for those that somebody changed since; returns what undoes that. */
function putBack(inverses: readonly Inverse[]): Inverse[] {
  const done: Inverse[] = [];
  for (const { doc, path, before, after } of [...inverses].reverse()) {
    if (!same(read(doc, path), after)) continue;
    doc.transact(() => write(doc, path, before), LOCAL);
    done.push({ doc, path, before: after, after: before });
  }
  return done;
}
