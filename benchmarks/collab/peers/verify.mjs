// Compares what servers and clients have with real Yjs: node verify.mjs EDITS DUMP
//
// DUMP holds, for some documents, the updates that a fresh client got (docN.server) and that some
// clients got during the run (docN.clientPLACE), and how many edits of each writer were sent
// (sent.json; without it all). Prints how many states were compared and which differ.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as Y from "yjs";

const [edits, dump] = process.argv.slice(2);
const file = readFileSync(edits);
let at = 0;
const number = () => file.readUInt32LE((at += 4) - 4);
const update = () => {
  at += 4; // the clock
  const size = number();
  return file.subarray((at += size) - size, at);
};
number(); // the first client id
const count = number();
const page = update();
const writers = Array.from({ length: count }, () => Array.from({ length: number() }, update));

// One transaction for some hundred updates: as exact as one each, and ten times as fast.
function apply(doc, updates) {
  for (let index = 0; index < updates.length; index += 500) {
    doc.transact(() => {
      for (const one of updates.slice(index, index + 500)) Y.applyUpdate(doc, one);
    });
  }
}

function* received(path) {
  const bytes = readFileSync(path);
  for (let place = 0; place < bytes.length; ) {
    const size = bytes.readUInt32LE(place);
    yield bytes.subarray(place + 4, place + 4 + size);
    place += 4 + size;
  }
}

// A map has no order: keys that came in another one are no difference.
const sorted = (_, value) =>
  value?.constructor === Object
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

function seen(doc) {
  doc.getText("text");
  doc.getMap("sections");
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);
  const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  return JSON.stringify([doc.toJSON(), clocks, pending], sorted);
}

const all = writers.map((made) => made.length);
const sent = existsSync(join(dump, "sent.json"))
  ? JSON.parse(readFileSync(join(dump, "sent.json"), "utf8"))
  : [all];
const expected = sent.map((counts) => {
  const doc = new Y.Doc();
  apply(doc, [page]);
  counts.forEach((done, writer) => apply(doc, writers[writer].slice(0, done)));
  return seen(doc);
});
const bad = [];
let compared = 0;
for (const name of readdirSync(dump).sort()) {
  const [, number_, place] = /^doc(\d+)\.(?:server|client(\d+))$/.exec(name) ?? [];
  if (number_ === undefined) continue;
  const doc = new Y.Doc();
  apply(doc, [...received(join(dump, name))]);
  // A server need not send a writer its own edits.
  const own = sent[number_]?.[place];
  if (own !== undefined) apply(doc, writers[place].slice(0, own));
  compared += 1;
  if (seen(doc) !== expected[number_]) bad.push(name);
}
console.log(JSON.stringify({ compared, bad }));
