import * as decoding from "lib0/decoding";
import { ObservableV2 } from "lib0/observable";
import type { LocalCopies } from "./local-copy";
import { frame, Kind, readMessage } from "./protocol";
import { SharedDoc } from "./shared-doc";

const PING_MS = 15_000;
const SILENCE_MS = 35_000;
const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 10_000;
/** The node stops and another one is there: there is nothing to wait for. */
const RESTART_CODE = 1012;
const FINAL_CODES: ReadonlySet<number> = new Set([4401, 4403, 4404]);

/** The part of `WebSocket` that is used, so that tests can stand in for it. */
export interface Socket {
  binaryType: BinaryType;
  onopen: ((event: Event) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly copies?: LocalCopies | null;
  readonly open?: (url: string) => Socket;
  readonly random?: () => number;
}

type Events = {
  /** The socket opened or closed. */
  line: (isOpen: boolean) => void;
  /** The server will not have us back. */
  ended: (code: number) => void;
};

/** One socket that carries many documents, and comes back when it breaks. */
export class Connection extends ObservableV2<Events> {
  readonly documents = new Map<string, SharedDoc>();
  /** Where documents that are opened from now on keep their copies; null for nowhere. */
  copies: LocalCopies | null;
  readonly #options: ConnectionOptions;
  readonly #loading = new Map<string, Promise<void>>();
  readonly #leaving = new Set<SharedDoc>();
  #socket: Socket | null = null;
  #isOpen = false;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #isEnded = false;

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.copies = options.copies ?? null;
    globalThis.addEventListener?.("online", this.#retryNow);
    globalThis.addEventListener?.("offline", this.#drop);
    this.#dial();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get hasUnsaved(): boolean {
    return [...this.documents.values()].some((shared) => shared.hasUnsaved);
  }

  /** Whether there are words that only this tab still has. */
  get hasLost(): boolean {
    return [...this.documents.values()].some((shared) => shared.loss !== null);
  }

  /** Open a document, or return it if it is open. */
  open(name: string): SharedDoc {
    const known = this.documents.get(name);
    if (known) {
      this.#leaving.delete(known);
      return known;
    }
    const shared = new SharedDoc(name, this.copies);
    this.documents.set(name, shared);
    const loading = shared.load().then(() => {
      this.#loading.delete(name);
      if (this.#isOpen && this.documents.get(name) === shared) this.#join(shared);
    });
    this.#loading.set(name, loading);
    return shared;
  }

  /** Leave a document: colleagues see it at once, it is closed when all that was typed is on disk. */
  close(name: string): void {
    const shared = this.documents.get(name);
    if (!shared) return;
    shared.awareness.setLocalState(null);
    this.#leaving.add(shared);
    const leave = (): void => {
      if (shared.hasUnsaved || !this.#leaving.has(shared)) return;
      shared.off("state", leave);
      this.#letGo(shared);
    };
    shared.on("state", leave);
    leave();
  }

  #letGo(shared: SharedDoc): void {
    this.#leaving.delete(shared);
    if (this.documents.get(shared.name) === shared) this.documents.delete(shared.name);
    if (this.#isOpen) this.#socket?.send(frame(shared.name, Kind.close));
    shared.destroy();
  }

  override destroy(): void {
    this.#end();
    for (const shared of [...this.documents.values()]) this.#letGo(shared);
    super.destroy();
  }

  async forget(): Promise<void> {
    await Promise.allSettled([...this.documents.values()].map((shared) => shared.forget()));
  }

  #dial(): void {
    if (this.#socket || this.#isEnded) return;
    const socket = (this.#options.open ?? openSocket)(this.#options.url);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#closed(event.code);
    };
  }

  #opened(): void {
    this.#isOpen = true;
    this.#heardAt = Date.now();
    this.#pulse = setInterval(() => this.#ping(), PING_MS);
    for (const [name, shared] of this.documents) {
      if (!this.#loading.has(name)) this.#join(shared);
    }
    this.emit("line", [true]);
  }

  #join(shared: SharedDoc): void {
    const socket = this.#socket;
    shared.connect((message) => {
      if (this.#socket === socket && this.#isOpen) socket?.send(message);
    });
  }

  #receive(data: unknown): void {
    if (!(data instanceof ArrayBuffer)) return;
    this.#heardAt = Date.now();
    const bytes = new Uint8Array(data);
    if (bytes.length === 1) {
      if (bytes[0] === Kind.ping) this.#socket?.send(new Uint8Array([Kind.pong]));
      return;
    }
    const decoder = decoding.createDecoder(bytes);
    const shared = this.documents.get(decoding.readVarString(decoder));
    // Only a connection that opened a document may wait less the next time it breaks.
    this.#attempts = 0;
    shared?.receive(readMessage(decoder));
  }

  #ping(): void {
    if (Date.now() - this.#heardAt > SILENCE_MS) this.#drop();
    else {
      this.#socket?.send(new Uint8Array([Kind.ping]));
      for (const shared of this.documents.values()) shared.askAgain();
    }
  }

  #closed(code: number): void {
    const wasOpen = this.#isOpen;
    this.#socket = null;
    this.#isOpen = false;
    clearInterval(this.#pulse);
    for (const shared of this.documents.values()) shared.disconnect();
    if (wasOpen) this.emit("line", [false]);
    if (FINAL_CODES.has(code)) {
      this.#end();
      this.emit("ended", [code]);
      return;
    }
    if (code === RESTART_CODE) this.#attempts = 0;
    const most = Math.min(FIRST_RETRY_MS * 2 ** this.#attempts, LAST_RETRY_MS);
    const random = this.#options.random ?? Math.random;
    this.#attempts++;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#dial(), most * (0.5 + random() / 2));
  }

  readonly #retryNow = (): void => {
    this.#attempts = 0;
    clearTimeout(this.#retry);
    this.#dial();
  };

  /** The browser says it is offline, or nothing was heard: do not wait for TCP to find out. */
  readonly #drop = (): void => {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    socket.close();
    this.#closed(1006);
  };

  #end(): void {
    this.#isEnded = true;
    clearTimeout(this.#retry);
    clearInterval(this.#pulse);
    globalThis.removeEventListener?.("online", this.#retryNow);
    globalThis.removeEventListener?.("offline", this.#drop);
    const socket = this.#socket;
    this.#socket = null;
    this.#isOpen = false;
    socket?.close();
  }
}

function openSocket(url: string): Socket {
  return new WebSocket(url);
}
