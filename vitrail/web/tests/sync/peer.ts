import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { Socket } from "../../src/sync/connection";
import { frame, Kind, SyncStep, syncFrame } from "../../src/sync/protocol";

/** A server in memory that speaks the frames of `/collab/v`, and holds its acknowledgements back. */
export class Peer {
  doc = new Y.Doc();
  lineage = "first";
  scope = "read-write";
  /** Why nobody gets the document, while that is so. */
  denies: string | null = null;
  /** Acknowledge at once, as a disk would after a moment. */
  isDurable = true;
  refuse: ((update: Uint8Array) => boolean) | null = null;
  readonly sockets = new Set<FakeSocket>();
  readonly awareness: Uint8Array[] = [];
  pings = 0;
  dials = 0;
  isDown = false;
  #unacknowledged = 0;
  #name = "";

  readonly open = (): Socket => {
    this.dials++;
    const socket = new FakeSocket(this);
    queueMicrotask(() => {
      if (this.isDown) socket.drop(1006);
      else {
        this.sockets.add(socket);
        socket.onopen?.(new Event("open"));
      }
    });
    return socket;
  };

  /** Lose every connection, as a broken network does. */
  cut(code = 1006): void {
    for (const socket of [...this.sockets]) socket.drop(code);
  }

  /** Tell that what was held back is on disk. */
  acknowledge(): void {
    const count = this.#unacknowledged;
    this.#unacknowledged = 0;
    for (const socket of this.sockets) {
      socket.hear(
        frame(this.#name, Kind.durable, (encoder) => {
          encoding.writeVarUint(encoder, 7);
          encoding.writeVarUint(encoder, count);
        }),
      );
    }
  }

  tell(message: Uint8Array<ArrayBuffer>): void {
    for (const socket of this.sockets) socket.hear(message);
  }

  edit(change: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc);
    change(this.doc);
    const update = Y.encodeStateAsUpdate(this.doc, before);
    this.tell(syncFrame(this.#name, SyncStep.update, update));
  }

  receive(socket: FakeSocket, bytes: Uint8Array): void {
    if (bytes.length === 1) {
      this.pings++;
      socket.hear(new Uint8Array([Kind.pong]));
      return;
    }
    const decoder = decoding.createDecoder(bytes);
    this.#name = decoding.readVarString(decoder);
    const kind = decoding.readVarUint(decoder);
    if (kind === Kind.auth) this.#welcome(socket);
    else if (kind === Kind.awareness) this.awareness.push(decoding.readVarUint8Array(decoder));
    else if (kind === Kind.sync) this.#sync(socket, decoder);
  }

  #welcome(socket: FakeSocket): void {
    const { denies } = this;
    if (denies !== null) {
      socket.hear(
        frame(this.#name, Kind.auth, (encoder) => {
          encoding.writeVarUint(encoder, 1);
          encoding.writeVarString(encoder, denies);
        }),
      );
      return;
    }
    socket.hear(
      frame(this.#name, Kind.auth, (encoder) => {
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarString(encoder, this.scope);
      }),
    );
    socket.hear(
      frame(this.#name, Kind.lineage, (encoder) => encoding.writeVarString(encoder, this.lineage)),
    );
    socket.hear(syncFrame(this.#name, SyncStep.step1, Y.encodeStateVector(this.doc)));
  }

  #sync(socket: FakeSocket, decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (step === SyncStep.step1) {
      const update = Y.encodeStateAsUpdate(this.doc, payload);
      socket.hear(syncFrame(this.#name, SyncStep.step2, update));
      return;
    }
    if (this.refuse?.(payload)) {
      socket.hear(
        frame(this.#name, Kind.reject, (encoder) => {
          encoding.writeVarString(encoder, "not allowed");
          encoding.writeVarString(encoder, "ask for another role");
        }),
      );
      return;
    }
    Y.applyUpdate(this.doc, payload);
    this.#unacknowledged++;
    if (this.isDurable) this.acknowledge();
  }
}

class FakeSocket implements Socket {
  binaryType: BinaryType = "blob";
  onopen: ((event: Event) => unknown) | null = null;
  onmessage: ((event: MessageEvent) => unknown) | null = null;
  onclose: ((event: CloseEvent) => unknown) | null = null;
  readonly #peer: Peer;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    this.#peer.receive(this, data);
  }

  hear(message: Uint8Array<ArrayBuffer>): void {
    this.onmessage?.({ data: message.slice().buffer } as MessageEvent);
  }

  close(): void {
    this.#peer.sockets.delete(this);
  }

  drop(code: number): void {
    this.#peer.sockets.delete(this);
    this.onclose?.({ code } as CloseEvent);
  }
}
