import { clearDocument, IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";

const PREFIX = "vitrail/";
const LOAD_TIMEOUT_MS = 2000;

/** What was not known to be on the server's disk. */
export interface Unsent {
  /** How many changes of this browser. */
  readonly count: number;
  /** State vector of what the server held; null if that was not noted. */
  readonly held: Uint8Array | null;
}

/** What the browser keeps of one document, so that it opens and is edited without the network. */
export interface LocalCopy {
  readonly lineage: string;
  /** Resolves, with what was never sent, once what is kept was applied. */
  readonly loaded: Promise<Unsent>;
  setUnsent(unsent: Unsent): void;
  /** Let go, keeping what is stored. */
  close(): void;
  /** Let go and forget. */
  drop(): Promise<void>;
}

export interface LocalCopies {
  /** The history of which this browser has a copy, if any. */
  lineageOf(document: string): string | null;
  open(document: string, lineage: string, doc: Y.Doc): LocalCopy;
}

/** Copies in IndexedDB, apart for each person who uses this browser. */
export class IndexedDbCopies implements LocalCopies {
  readonly #owner: string;

  constructor(owner: string) {
    this.#owner = owner;
  }

  #key(document: string): string {
    return `${PREFIX}${this.#owner}/${document}`;
  }

  lineageOf(document: string): string | null {
    return localStorage.getItem(this.#key(document));
  }

  open(document: string, lineage: string, doc: Y.Doc): LocalCopy {
    const key = this.#key(document);
    localStorage.setItem(key, lineage);
    const store = new IndexeddbPersistence(`${key}/${lineage}`, doc);
    return {
      lineage,
      loaded: loadWithin(store),
      setUnsent({ count, held }) {
        void store.set("unsent", count).catch(() => undefined);
        if (held) void store.set("held", held.slice().buffer).catch(() => undefined);
      },
      close() {
        void store.destroy();
      },
      async drop() {
        if (localStorage.getItem(key) === lineage) localStorage.removeItem(key);
        await store.clearData().catch(() => undefined);
      },
    };
  }
}

const NOTHING: Unsent = { count: 0, held: null };

/** A browser that blocks storage must not block the editor. */
async function loadWithin(store: IndexeddbPersistence): Promise<Unsent> {
  const timeout = new Promise<Unsent>((resolve) => setTimeout(resolve, LOAD_TIMEOUT_MS, NOTHING));
  const load = Promise.all([store.get("unsent"), store.get("held"), store.whenSynced])
    .then(([count, held]: readonly unknown[]) => ({
      count: typeof count === "number" ? count : 0,
      held: held instanceof ArrayBuffer ? new Uint8Array(held) : null,
    }))
    .catch(() => NOTHING);
  return Promise.race([load, timeout]);
}

/** Forget every copy, of whoever it is: on sign-out, and when access was withdrawn. */
export async function forgetLocalCopies(): Promise<void> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const names = new Set(keys.map((key) => `${key}/${localStorage.getItem(key)}`));
  for (const key of keys) localStorage.removeItem(key);
  const found = await indexedDB.databases?.().catch(() => []);
  for (const { name } of found ?? []) if (name?.startsWith(PREFIX)) names.add(name);
  await Promise.allSettled([...names].map((name) => clearDocument(name)));
}
