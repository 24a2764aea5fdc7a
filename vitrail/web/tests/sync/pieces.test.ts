import { expect, test } from "vitest";
import * as Y from "yjs";
import { splitUpdate } from "../../src/sync/pieces";

function write(doc: Y.Doc, from: number, to: number): void {
  const nodes = doc.getMap<Y.Map<unknown>>("nodes");
  for (let at = from; at < to; at++) {
    const node = new Y.Map<unknown>([
      ["type", "text"],
      ["pos", { p: "root", i: `a${at}` }],
      ["text@fr", new Y.Text("à".repeat(500))],
    ]);
    doc.transact(() => nodes.set(`node${at}`, node));
  }
}

test("a large update is cut where nodes begin, and the pieces make it again", () => {
  const one = new Y.Doc();
  const other = new Y.Doc();
  write(one, 0, 100);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  // Both write on what the other has written, so that their structs depend on each other.
  write(other, 100, 150);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  for (const node of one.getMap<Y.Map<unknown>>("nodes").values()) {
    (node.get("text@fr") as Y.Text).insert(3, "fin");
    for (const i of ["b1", "b2"]) node.set("pos", { p: "root", i });
  }
  one.getMap("nodes").delete("node3");

  const pieces = splitUpdate(Y.encodeStateAsUpdate(one), one, 20_000);
  expect(pieces.length).toBeGreaterThan(4);
  const target = new Y.Doc();
  for (const piece of pieces) {
    expect(piece.length).toBeLessThan(20_000);
    Y.applyUpdate(target, piece);
    expect(target.store.pendingStructs).toBeNull();
    for (const node of target.getMap<Y.Map<unknown>>("nodes").values()) {
      expect([...node.keys()].sort()).toEqual(["pos", "text@fr", "type"]);
    }
  }
  expect(target.getMap("nodes").toJSON()).toEqual(one.getMap("nodes").toJSON());
  expect(target.store.pendingDs).toBeNull();
});

test("a small update stays as it is", () => {
  const doc = new Y.Doc();
  write(doc, 0, 1);
  const update = Y.encodeStateAsUpdate(doc);
  expect(splitUpdate(update, doc)).toEqual([update]);
});
