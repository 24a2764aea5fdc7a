// Writes a long editing history as edits of one writer, one character each:
//
//   node make-history.mjs OUT [TRACE.json.gz]
//
// With a trace of github.com/josephg/editing-traces (sequential_traces/automerge-paper.json.gz) that
// one; otherwise a history made up to have its shape: 260,000 edits, of which 30 % delete; runs of
// typing of some 40 characters, runs of backspace of some 6 mostly where somebody has just typed, and
// between them the cursor stays (70 %), goes somewhere near (20 %) or anywhere (10 %). The file is
// laid out as by make-edits.mjs, with an empty page.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as Y from "yjs";

const [out, trace] = process.argv.slice(2);
const CLIENT = 3_000_000_000;
const EDITS = 260_000;

let state = 42;
function pick(below) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function* madeUp() {
  let length = 0;
  let at = 0;
  for (let made = 0; made < EDITS; ) {
    const move = pick(10);
    if (move === 0) at = pick(length + 1);
    else if (move < 3) at = Math.max(0, Math.min(length, at + pick(400) - 200));
    for (let left = 1 + pick(80); left && made < EDITS; left--, made++, at++, length++)
      yield [at, 0, pick(6) ? String.fromCharCode(97 + pick(26)) : " "];
    if (pick(10) === 0) continue;
    for (let left = 1 + pick(36); left && at && made < EDITS; left--, made++, length--)
      yield [--at, 1, ""];
  }
}

function* recorded(path) {
  for (const { patches } of JSON.parse(gunzipSync(readFileSync(path))).txns) yield* patches;
}

const doc = new Y.Doc();
const text = doc.getText("text");
doc.clientID = CLIENT;
const chunks = [];
let edits = 0;
function put(...parts) {
  for (const part of parts) {
    const bytes = typeof part === "number" ? Buffer.alloc(4) : part;
    if (typeof part === "number") bytes.writeUInt32LE(part);
    chunks.push(bytes);
  }
}
doc.on("update", (update) => {
  put(Y.getState(doc.store, CLIENT), update.length, update);
  edits += 1;
});
for (const [at, deleted, inserted] of trace ? recorded(trace) : madeUp()) {
  doc.transact(() => {
    if (deleted) text.delete(at, deleted);
    if (inserted) text.insert(at, inserted);
  });
}
const body = Buffer.concat(chunks);
chunks.length = 0;
put(CLIENT, 1, 0, 2, Buffer.from([0, 0]), edits);
writeFileSync(out, Buffer.concat([...chunks, body]));
const snapshot = Y.encodeStateAsUpdate(doc).length;
console.log(JSON.stringify({ edits, characters: text.length, snapshot }));
