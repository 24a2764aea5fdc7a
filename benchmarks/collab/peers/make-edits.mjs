// Writes the edits that the load generator sends: for each writer causally valid Yjs updates.
//
//   node make-edits.mjs OUT WRITERS EDITS
//
// All writers begin with one page of 12 sections and about 3.5 KB, and each then works on its own, as
// people do who have not seen the others' last moment: typing at a cursor (80 %), the cursor jumping
// elsewhere, typing over 1 to 6 selected characters (10 %), and setting a property of a section
// (10 %). Every edit writes at least one struct, so that a clock tells whether it has arrived.
//
// The file: first client id, writers, then the page, then each writer's count and edits; an edit is
// the writer's clock after it, its length and its bytes. Numbers are 32 bits, little endian.
import { closeSync, openSync, writeSync } from "node:fs";
import * as Y from "yjs";

const [out, writers, edits] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const FIRST_ID = 3_000_000_000; // as long in bytes as the random ids of real clients
const SECTIONS = 12;
const WORDS = "the season on a plate from market of morning light glass colour window garden".split(" ");

function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function page(doc) {
  const pick = random(7);
  const words = (count) => Array.from({ length: count }, () => WORDS[pick(WORDS.length)]).join(" ");
  const sections = doc.getMap("sections");
  for (let index = 0; index < SECTIONS; index++) {
    const section = new Y.Map();
    section.set("type", "section");
    section.set("padding", 24);
    section.set("background", "#fbf7ef");
    section.set("title", new Y.Text(words(4)));
    section.set("body", new Y.Text(words(28)));
    sections.set(`section-${index}`, section);
  }
}

function edit(sections, cursor, pick) {
  if (!cursor.left) {
    cursor.section = pick(SECTIONS);
    cursor.left = 5 + pick(60);
    cursor.at = -1;
  }
  const section = sections.get(`section-${cursor.section}`);
  const text = section.get("body");
  if (cursor.at < 0 || cursor.at > text.length) cursor.at = pick(text.length + 1);
  cursor.left -= 1;
  const kind = pick(10);
  if (kind === 0) {
    section.set(["padding", "gap", "columns"][pick(3)], pick(96));
    return;
  }
  if (kind === 1 && cursor.at > 8) {
    const size = 1 + pick(6);
    cursor.at -= size;
    text.delete(cursor.at, size);
  }
  text.insert(cursor.at, pick(6) ? String.fromCharCode(97 + pick(26)) : " ");
  cursor.at += 1;
}

const chunks = [];
let waiting = 0;
const file = openSync(out, "w");
function flush() {
  writeSync(file, Buffer.concat(chunks));
  chunks.length = waiting = 0;
}
function put(...parts) {
  for (const part of parts) {
    const bytes = typeof part === "number" ? Buffer.alloc(4) : part;
    if (typeof part === "number") bytes.writeUInt32LE(part);
    chunks.push(bytes);
    waiting += bytes.length;
  }
  if (waiting > 1 << 20) flush();
}

const base = new Y.Doc();
base.clientID = FIRST_ID - 1;
base.transact(() => page(base));
const start = Y.encodeStateAsUpdate(base);
put(FIRST_ID, writers, Y.getState(base.store, FIRST_ID - 1), start.length, start);
let bytes = 0;
for (let writer = 0; writer < writers; writer++) {
  const doc = new Y.Doc();
  const pick = random(1_000 + writer);
  const cursor = { section: 0, at: -1, left: 0 };
  const sections = doc.getMap("sections");
  doc.clientID = FIRST_ID + writer;
  Y.applyUpdate(doc, start);
  put(edits);
  doc.on("update", (update) => {
    put(Y.getState(doc.store, doc.clientID), update.length, update);
    bytes += update.length;
  });
  for (let index = 0; index < edits; index++) doc.transact(() => edit(sections, cursor, pick));
}
flush();
closeSync(file);
console.log(JSON.stringify({ page: start.length, mean: bytes / writers / edits }));
