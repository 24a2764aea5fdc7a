import { expect, test } from "vitest";
import * as Y from "yjs";
import { decodeClocks, wordsAfter } from "../../src/sync/lost-words";

function known(doc: Y.Doc) {
  return decodeClocks(Y.encodeStateVector(doc));
}

test("a text is given whole, though some of its characters were known", () => {
  const doc = new Y.Doc();
  const text = doc.getMap("nodes").set("a", new Y.Text("au cœur de Lyon"));
  const before = known(doc);
  text.delete(0, 13);
  text.insert(0, "Sans cette maison, la perdition ne serait pas une quest");
  text.insert(text.length - 2, "i");
  expect(wordsAfter(doc, before)).toBe(text.toString());
});

test("texts that were known, values, and what was deleted are not told", () => {
  const doc = new Y.Doc();
  const nodes = doc.getMap("nodes");
  nodes.set("a", new Y.Text("connu"));
  const before = known(doc);
  nodes.set("position", "a0");
  nodes.set("b", new Y.Text("Écrit"));
  nodes.set("c", new Y.Text("puis jeté"));
  nodes.delete("c");
  expect(wordsAfter(doc, before)).toBe("Écrit");
  expect(wordsAfter(doc, known(doc))).toBe("");
});
