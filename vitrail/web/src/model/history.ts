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
  #gathered: Inverse[] = [];
  readonly #texts: Y.UndoManager;
  readonly #unobserve: (() => void)[] = [];

  constructor(
    readonly page: Y.Doc,
    site: Y.Doc,
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
      const isOurs = !this.#texts.undoing && !this.#texts.redoing;
      if (type === "undo" && isOurs) this.#push({ kind: "text" });
    });
    this.#watch(page, ["nodes"]);
    this.#watch(site, ["meta", "tokens", "themes", "pages"]);
  }

  #watch(doc: Y.Doc, roots: readonly string[]): void {
    for (const root of roots) {
      const note = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], from: Y.Transaction) => {
        if (from.origin === LOCAL) for (const event of events) this.#gather(doc, root, event);
      };
      doc.getMap(root).observeDeep(note);
      this.#unobserve.push(() => doc.getMap(root).unobserveDeep(note));
    }
  }

  #gather(doc: Y.Doc, root: string, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    for (const [key, { oldValue }] of event.changes.keys) {
      const path: Inverse["path"] = [root, ...event.path.map(String), key];
      const after = read(doc, path);
      if (after instanceof Y.AbstractType || oldValue instanceof Y.AbstractType) continue;
      this.#gathered.push({ doc, path, before: oldValue, after });
    }
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Make an edit with the origin `LOCAL`; what it changed becomes one step. */
  run<T>(edit: () => T): T {
    const before = this.#gathered;
    this.#gathered = [];
    try {
      return edit();
    } finally {
      const inverses = this.#gathered;
      this.#gathered = before;
      if (inverses.length) this.#push({ kind: "values", inverses });
    }
  }

  /** Set values as one step. */
  set(changes: readonly { doc: Y.Doc; path: Inverse["path"]; value: unknown }[]): void {
    this.run(() => {
      for (const { doc, path, value } of changes) {
        if (!same(read(doc, path), value)) doc.transact(() => write(doc, path, value), LOCAL);
      }
    });
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
    for (const unobserve of this.#unobserve) unobserve();
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
