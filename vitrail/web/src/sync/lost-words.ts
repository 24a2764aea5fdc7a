import * as Y from "yjs";

/** Up to which clock something is known, for each client id. */
export type Clocks = Map<number, number>;

/** Let clocks reach as far as others do; none goes back. */
export function raise(clocks: Clocks, others: Iterable<readonly [number, number]>): void {
  for (const [client, clock] of others) {
    if (clock > (clocks.get(client) ?? 0)) clocks.set(client, clock);
  }
}

export function encodeClocks(clocks: Clocks): Uint8Array {
  return Y.encodeStateVector(clocks);
}

export function decodeClocks(stateVector: Uint8Array): Clocks {
  return Y.decodeStateVector(stateVector);
}

/** The texts of a document that hold words beyond what is known: a line for each, whole, as it was read. */
export function wordsAfter(doc: Y.Doc, known: Clocks): string {
  const texts = new Set<Y.Text>();
  for (const [client, structs] of doc.store.clients) {
    const from = known.get(client) ?? 0;
    for (const struct of structs) {
      const isNew = struct.id.clock + struct.length > from;
      if (!isNew || struct.deleted || !(struct instanceof Y.Item)) continue;
      if (struct.content instanceof Y.ContentString && struct.parent instanceof Y.Text)
        texts.add(struct.parent);
    }
  }
  return [...texts]
    .map((text) => text.toString().trim())
    .filter(Boolean)
    .join("\n");
}
