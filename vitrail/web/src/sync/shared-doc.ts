import * as encoding from "lib0/encoding";
import { ObservableV2 } from "lib0/observable";
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import * as Y from "yjs";
import type { LocalCopies, LocalCopy } from "./local-copy";
import { type Clocks, decodeClocks, encodeClocks, raise, wordsAfter } from "./lost-words";
import { splitUpdate } from "./pieces";
import { frame, Kind, type Message, type Scope, SyncStep, syncFrame } from "./protocol";

/** What is true of the edits made here: exactly one of these. */
export type SaveState =
  | { readonly kind: "opening" }
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly count: number }
  | { readonly kind: "offline"; readonly count: number }
  | { readonly kind: "readonly" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "replaced"; readonly loss: Loss }
  | { readonly kind: "denied"; readonly reason: string };

/** An update that the server did not take, with the words that were in it so they are not lost. */
export interface Refusal {
  readonly reason: string;
  readonly hint: string;
  readonly text: string;
}

/** Edits that belonged to a history which was replaced: how many, and the words in them. */
export interface Loss {
  readonly changes: number;
  readonly text: string;
}

/** One message that waits for the disk: how many changes of ours are in it, and up to where. */
interface Waiting {
  readonly changes: number;
  readonly clocks: Clocks;
}

type Events = {
  /** The save state may have changed. */
  state: () => void;
  /** `doc` and `awareness` are other objects from now on. */
  replace: () => void;
  scope: (scope: Scope) => void;
  synced: () => void;
};

const REBUILD_PAUSE_MS = 3000;
const EMPTY_UPDATE = new Uint8Array([0, 0]);

/** One document on the connection. */
export class SharedDoc extends ObservableV2<Events> {
  readonly name: string;
  doc = new Y.Doc();
  awareness = new Awareness(this.doc);
  scope: Scope = "readonly";
  isSynced = false;
  refusal: Refusal | null = null;
  /** What could not be kept when the document's history was replaced. */
  loss: Loss | null = null;
  denied: string | null = null;
  readonly #copies: LocalCopies | null;
  #copy: LocalCopy | null = null;
  #send: ((message: Uint8Array<ArrayBuffer>) => void) | null = null;
  /** The history that `doc` is of; null before a server has told. */
  #lineage: string | null = null;
  #wasSynced = false;
  #queue: Uint8Array[] = [];
  #waiting: Waiting[] = [];
  /** Changes of ours that no message on the present connection holds. */
  #unsent = 0;
  /** What of each client the server is known to hold: all else would be lost with this copy. */
  #held: Clocks = new Map();
  #flushDue = false;
  #rebuiltAt = 0;

  constructor(name: string, copies: LocalCopies | null) {
    super();
    this.name = name;
    this.#copies = copies;
    this.#listen();
  }

  get state(): SaveState {
    if (this.denied !== null) return { kind: "denied", reason: this.denied };
    if (this.loss) return { kind: "replaced", loss: this.loss };
    if (this.refusal) return { kind: "refused", refusal: this.refusal };
    const count = this.#unsaved;
    if (!this.isSynced) {
      return this.#wasSynced || count > 0 ? { kind: "offline", count } : { kind: "opening" };
    }
    if (this.scope === "readonly") return { kind: "readonly" };
    return count > 0 ? { kind: "saving", count } : { kind: "saved" };
  }

  get hasUnsaved(): boolean {
    return this.#unsaved > 0;
  }

  /** Take what the browser has kept, if it has; before the first connection. */
  async load(): Promise<void> {
    const lineage = this.#copies?.lineageOf(this.name);
    if (!lineage || !this.#copies) return;
    this.#copy = this.#copies.open(this.name, lineage, this.doc);
    const kept = await this.#copy.loaded;
    this.#unsent += kept.count;
    if (kept.held) raise(this.#held, decodeClocks(kept.held));
    this.emit("state", []);
  }

  /** The socket is open: ask for the document. */
  connect(send: (message: Uint8Array<ArrayBuffer>) => void): void {
    this.#send = send;
    this.#authenticate();
  }

  /** What was denied may be given by now: a page that was set aside is released in the end. */
  askAgain(): void {
    if (this.denied !== null) this.#authenticate();
  }

  disconnect(): void {
    if (!this.#send) return;
    this.#send = null;
    this.isSynced = false;
    this.#unsent = this.#unsaved;
    this.#queue = [];
    this.#waiting = [];
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    this.#remember();
    this.emit("state", []);
  }

  receive(message: Message): void {
    switch (message.kind) {
      case "open":
        this.#setScope(message.scope);
        break;
      case "permission":
        this.#setScope(message.scope);
        break;
      case "denied":
        this.denied = message.reason;
        this.emit("state", []);
        break;
      case "lineage":
        this.#followLineage(message.id);
        break;
      case "step1":
        this.#answer(message.payload);
        break;
      case "step2":
        Y.applyUpdate(this.doc, message.payload, this);
        this.#becomeSynced();
        break;
      case "update":
        Y.applyUpdate(this.doc, message.payload, this);
        break;
      case "awareness":
        applyAwarenessUpdate(this.awareness, message.payload, this);
        break;
      case "durable":
        for (const { clocks } of this.#waiting.splice(0, message.count)) raise(this.#held, clocks);
        this.#remember();
        this.emit("state", []);
        break;
      case "reject":
        this.#rebuild(message.reason, message.hint);
        break;
    }
  }

  dismissRefusal(): void {
    this.refusal = null;
    this.emit("state", []);
  }

  dismissLoss(): void {
    this.loss = null;
    this.emit("state", []);
  }

  async forget(): Promise<void> {
    await this.#copy?.drop();
    this.#copy = null;
  }

  override destroy(): void {
    this.flush();
    super.destroy();
    this.#copy?.close();
    this.awareness.destroy();
    this.doc.destroy();
  }

  /** Send at once what waits for the end of the tick. */
  flush(): void {
    this.#flushDue = false;
    if (!this.#send || !this.isSynced || this.#queue.length === 0) return;
    const changes = this.#queue.length;
    const update = Y.mergeUpdates(this.#queue);
    this.#queue = [];
    this.#sendUpdate(SyncStep.update, update, changes);
    this.#remember();
    this.emit("state", []);
  }

  /** Send an update, in pieces when it is large; its changes are saved when the last piece is. */
  #sendUpdate(step: number, update: Uint8Array, changes: number): void {
    const pieces = splitUpdate(update, this.doc);
    const own = this.doc.clientID;
    const clocks: Clocks =
      step === SyncStep.step2
        ? decodeClocks(Y.encodeStateVector(this.doc))
        : new Map([[own, Y.getState(this.doc.store, own)]]);
    pieces.forEach((piece, at) => {
      const isLast = at === pieces.length - 1;
      this.#waiting.push(isLast ? { changes, clocks } : { changes: 0, clocks: new Map() });
      this.#send?.(syncFrame(this.name, at === 0 ? step : SyncStep.update, piece));
    });
  }

  #authenticate(): void {
    this.#send?.(
      frame(this.name, Kind.auth, (encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, "");
      }),
    );
  }

  #setScope(scope: Scope): void {
    this.denied = null;
    this.scope = scope;
    this.emit("scope", [scope]);
    this.emit("state", []);
  }

  /** A copy of another history must not merge into this one, whether the browser stores it or not. */
  #followLineage(id: string): void {
    const known = this.#copy?.lineage ?? this.#lineage;
    if (known !== null && known !== id) {
      const changes = this.#unsaved;
      if (changes > 0) this.loss = { changes, text: wordsAfter(this.doc, this.#held) };
      this.#startAnew();
    }
    this.#lineage = id;
    this.#copy ??= this.#copies?.open(this.name, id, this.doc) ?? null;
  }

  /** Answer what the server asks for: all that it lacks, so our unsent changes are in it. */
  #answer(stateVector: Uint8Array): void {
    const mayWrite = this.scope === "read-write" || this.scope === "content";
    const update = mayWrite ? Y.encodeStateAsUpdate(this.doc, stateVector) : EMPTY_UPDATE;
    const changes = this.#unsent + this.#queue.length;
    raise(this.#held, decodeClocks(stateVector));
    this.#unsent = 0;
    this.#queue = [];
    this.#sendUpdate(SyncStep.step2, update, changes);
    if (this.isSynced) return; // the server asked again after a gap
    this.#send?.(syncFrame(this.name, SyncStep.step1, Y.encodeStateVector(this.doc)));
    this.#sendAwareness([this.doc.clientID]);
  }

  #becomeSynced(): void {
    this.isSynced = true;
    this.#wasSynced = true;
    this.flush();
    this.emit("synced", []);
    this.emit("state", []);
  }

  /** The server takes nothing more of this copy: read it anew, keeping the words that were lost. */
  #rebuild(reason: string, hint: string): void {
    this.refusal = { reason, hint, text: wordsAfter(this.doc, this.#held) };
    this.#startAnew();
    // A document that is refused again and again must not keep both sides busy.
    const isAgain = Date.now() - this.#rebuiltAt < REBUILD_PAUSE_MS;
    this.#rebuiltAt = Date.now();
    if (isAgain) setTimeout(() => this.#authenticate(), REBUILD_PAUSE_MS);
    else this.#authenticate();
  }

  #startAnew(): void {
    const state = this.awareness.getLocalState();
    void this.#copy?.drop();
    this.#copy = null;
    this.#queue = [];
    this.#waiting = [];
    this.#unsent = 0;
    this.#held = new Map();
    this.isSynced = false;
    this.awareness.destroy();
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.awareness.setLocalState(state);
    this.#listen();
    this.emit("replace", []);
    this.emit("state", []);
  }

  #listen(): void {
    this.doc.on("update", (update: Uint8Array, origin: unknown, _: Y.Doc, made: Y.Transaction) => {
      if (origin === this) raise(this.#held, advanced(made));
      if (origin === this || (this.#copy && isStore(origin))) return;
      if (this.#send && this.isSynced) this.#queue.push(update);
      else {
        this.#unsent++;
        this.#remember();
      }
      if (!this.#flushDue) {
        this.#flushDue = true;
        queueMicrotask(() => this.flush());
      }
      this.emit("state", []);
    });
    this.awareness.on("update", (_: unknown, origin: unknown) => {
      if (origin === "local") this.#sendAwareness([this.doc.clientID]);
    });
  }

  #sendAwareness(clients: number[]): void {
    if (!this.#send || !this.awareness.meta.has(this.doc.clientID)) return;
    const update = encodeAwarenessUpdate(this.awareness, clients);
    this.#send(
      frame(this.name, Kind.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update)),
    );
  }

  #remember(): void {
    this.#copy?.setUnsent({ count: this.#unsaved, held: encodeClocks(this.#held) });
  }

  /** Changes of ours that are not known to be on disk. */
  get #unsaved(): number {
    const waiting = this.#waiting.reduce((sum, { changes }) => sum + changes, 0);
    return this.#unsent + this.#queue.length + waiting;
  }
}

/** Whether a transaction came from the browser's own copy. */
function isStore(origin: unknown): boolean {
  return typeof origin === "object" && origin !== null && "whenSynced" in origin;
}

/** The clocks that a transaction has moved on. */
function advanced({ beforeState, afterState }: Y.Transaction): [number, number][] {
  return [...afterState].filter(([client, clock]) => clock > (beforeState.get(client) ?? 0));
}
