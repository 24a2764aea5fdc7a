import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** Kinds of messages on `/collab/v`; see docs/protocol.md. */
export const Kind = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  close: 7,
  ping: 9,
  pong: 10,
  durable: 16,
  reject: 17,
  lineage: 18,
  permission: 19,
} as const;

export const SyncStep = { step1: 0, step2: 1, update: 2 } as const;

export type Scope = "read-write" | "content" | "readonly";

const SCOPES: readonly string[] = ["read-write", "content", "readonly"];

/** What a client may do, the least when the server uses a word that is newer than this client. */
export function readScope(word: string): Scope {
  return SCOPES.includes(word) ? (word as Scope) : "readonly";
}

export function frame(
  name: string,
  kind: number,
  write?: (encoder: encoding.Encoder) => void,
): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, name);
  encoding.writeVarUint(encoder, kind);
  write?.(encoder);
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
}

export function syncFrame(
  name: string,
  step: number,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return frame(name, Kind.sync, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

/** The server's messages about one document, decoded. */
export type Message =
  | { kind: "step1" | "step2" | "update" | "awareness"; payload: Uint8Array }
  | { kind: "open"; scope: Scope }
  | { kind: "denied"; reason: string }
  | { kind: "durable"; seq: number; count: number }
  | { kind: "reject"; reason: string; hint: string }
  | { kind: "lineage"; id: string }
  | { kind: "permission"; scope: Scope }
  | { kind: "unknown" };

export function readMessage(decoder: decoding.Decoder): Message {
  switch (decoding.readVarUint(decoder)) {
    case Kind.sync:
      return readSync(decoder);
    case Kind.awareness:
      return { kind: "awareness", payload: decoding.readVarUint8Array(decoder) };
    case Kind.auth: {
      const answer = decoding.readVarUint(decoder);
      const word = decoding.readVarString(decoder);
      return answer === 2
        ? { kind: "open", scope: readScope(word) }
        : { kind: "denied", reason: word };
    }
    case Kind.durable: {
      const seq = decoding.readVarUint(decoder);
      return { kind: "durable", seq, count: decoding.readVarUint(decoder) };
    }
    case Kind.reject: {
      const reason = decoding.readVarString(decoder);
      return { kind: "reject", reason, hint: decoding.readVarString(decoder) };
    }
    case Kind.lineage:
      return { kind: "lineage", id: decoding.readVarString(decoder) };
    case Kind.permission:
      return { kind: "permission", scope: readScope(decoding.readVarString(decoder)) };
    default:
      return { kind: "unknown" };
  }
}

function readSync(decoder: decoding.Decoder): Message {
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === SyncStep.step1) return { kind: "step1", payload };
  if (step === SyncStep.step2) return { kind: "step2", payload };
  return step === SyncStep.update ? { kind: "update", payload } : { kind: "unknown" };
}
