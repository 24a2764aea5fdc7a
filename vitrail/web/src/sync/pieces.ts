import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** The server takes frames of 1 MiB; pieces stay well under it, so that others are served between. */
export const MAX_PIECE_BYTES = 256 * 1024;

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];
type Deletions = ReturnType<typeof Y.decodeUpdate>["ds"];

/** What stands for a place that a node had before it was moved: Yjs forgets what was replaced. */
const PLACE = { p: "trash", i: "a0", c: 0, pp: "trash" };

/**
 * Cut an update of a document that is too large for one message into several, each of which can be
 * applied once those before it were. A cut is made only where something at a root begins, such as
 * a node, and no node is without a place in between: what the server checks is whole after every
 * piece. Deletions come with the last.
 */
export function splitUpdate(update: Uint8Array, doc: Y.Doc, limit = MAX_PIECE_BYTES): Uint8Array[] {
  if (update.length <= limit) return [update];
  const { structs: found, ds } = Y.decodeUpdate(update);
  const structs = found.map((struct) => withPlace(struct, doc));
  const pieces: Struct[][] = [];
  let piece: Struct[] = [];
  let size = 0;
  for (const struct of inOrder(structs)) {
    const isStart = struct instanceof Y.Item && typeof struct.parent === "string";
    if (size > limit / 2 && isStart) {
      pieces.push(piece);
      [piece, size] = [[], 0];
    }
    piece.push(struct);
    size += sizeOf(struct);
  }
  pieces.push(piece);
  return pieces.map((each, at) => write(each, at === pieces.length - 1 ? ds : null));
}

function withPlace(struct: Struct, doc: Y.Doc): Struct {
  if (!(struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted)) return struct;
  const known: unknown = Y.getItem(doc.store, struct.id);
  if (!(known instanceof Y.Item) || known.parentSub !== "pos") return struct;
  const { id, origin, rightOrigin, parent, parentSub } = struct;
  const content = new Y.ContentAny(Array.from({ length: struct.length }, () => PLACE));
  return new Y.Item(id, null, origin, null, rightOrigin, parent, parentSub, content);
}

/** The structs so that each follows what it refers to; an update sorts them by client. */
function inOrder(structs: readonly Struct[]): Struct[] {
  const lines = new Map<number, Struct[]>();
  for (const struct of structs) {
    const line = lines.get(struct.id.client);
    if (line) line.push(struct);
    else lines.set(struct.id.client, [struct]);
  }
  const place = new Map([...lines.keys()].map((client) => [client, 0]));
  const isThere = (id: Y.ID | null): boolean => {
    const next = id && lines.get(id.client)?.[place.get(id.client) ?? 0];
    return !next || id.clock < next.id.clock;
  };
  const ordered: Struct[] = [];
  let wasMoved = true;
  while (wasMoved) {
    wasMoved = false;
    for (const [client, line] of lines) {
      let at = place.get(client) ?? 0;
      for (let head = line[at]; head && refersTo(head).every(isThere); head = line[at]) {
        ordered.push(head);
        place.set(client, ++at);
        wasMoved = true;
      }
    }
  }
  return ordered.length === structs.length ? ordered : [...structs];
}

function refersTo(struct: Struct): (Y.ID | null)[] {
  if (!(struct instanceof Y.Item)) return [];
  const parent = struct.parent instanceof Y.ID ? struct.parent : null;
  // What stands before it in its own line is always there first.
  return [struct.origin, struct.rightOrigin, parent].map((id) =>
    id?.client === struct.id.client ? null : id,
  );
}

function sizeOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1();
  if (!(struct instanceof Y.Skip)) struct.write(encoder, 0);
  return encoding.length(encoder.restEncoder);
}

/** Encode structs as a Yjs update, version 1. */
function write(structs: readonly Struct[], deletions: Deletions | null): Uint8Array {
  const lines = new Map<number, Struct[]>();
  for (const struct of structs) {
    const line = lines.get(struct.id.client) ?? [];
    lines.set(struct.id.client, [...line, struct]);
  }
  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  encoding.writeVarUint(rest, lines.size);
  // Higher client ids come first, as in every update.
  for (const [client, line] of [...lines].sort(([one], [other]) => other - one)) {
    encoding.writeVarUint(rest, line.length);
    encoder.writeClient(client);
    encoding.writeVarUint(rest, line[0]?.id.clock ?? 0);
    for (const struct of line) struct.write(encoder, 0);
  }
  const deleted = deletions?.clients ?? new Map<number, { clock: number; len: number }[]>();
  encoding.writeVarUint(rest, deleted.size);
  for (const [client, ranges] of deleted) {
    encoding.writeVarUint(rest, client);
    encoding.writeVarUint(rest, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(rest, clock);
      encoding.writeVarUint(rest, len);
    }
  }
  return encoder.toUint8Array();
}
