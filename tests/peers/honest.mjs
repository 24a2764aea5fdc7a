// Edits of everything that Yjs has, from a seed. Prints the updates of some documents as JSON.
import * as Y from "yjs";

let state = Number(process.argv[2]) | 0;
const edits = Number(process.argv[3]);
function below(limit) {
  // mulberry32 (Tommy Ettinger, public domain)
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % limit;
}

const EDITS = [
  (doc, n) => doc.getMap("m").set("abc"[n % 3], [n, "é🎉", null, { deep: [1, true, undefined] }, 2n ** 60n, 1.5][n % 6]),
  (doc, n) => doc.getMap("m").set("n", new Y.Map([["k", new Y.Text(String(n))]])),
  (doc) => doc.getMap("m").delete("a"),
  (doc, n) => doc.getText("t").insert(below(doc.getText("t").length + 1), ["a", "é", "🎉", "long "][n % 4], n % 3 ? undefined : { bold: true }),
  (doc) => doc.getText("t").length && doc.getText("t").delete(below(doc.getText("t").length), 1),
  (doc) => doc.getText("t").length && doc.getText("t").format(0, 1, { italic: {}, bold: null }),
  (doc, n) => doc.getText("t").insertEmbed(0, { image: n }),
  (doc, n) => doc.getArray("a").push([n, new Uint8Array([1, 2]), new Y.Array()]),
  (doc) => doc.getArray("a").length && doc.getArray("a").delete(below(doc.getArray("a").length)),
  (doc, n) => {
    const element = new Y.XmlElement("p");
    element.setAttribute("id", String(n));
    doc.getXmlFragment("x").insert(0, [element, new Y.XmlText("y")]);
  },
];

const sessions = [];
for (let session = 0; session < 3; session += 1) {
  const doc = new Y.Doc();
  doc.clientID = 1 + below(2 ** 31);
  const updates = [];
  doc.on("update", (update) => updates.push(Buffer.from(update).toString("hex")));
  const undo = new Y.UndoManager([doc.getMap("m"), doc.getText("t")], { captureTimeout: 0 });
  for (let n = 0; n < edits; n += 1) {
    const edit = below(EDITS.length + 2);
    if (edit < EDITS.length) EDITS[edit](doc, n);
    else if (edit === EDITS.length) undo.undo();
    else undo.redo();
  }
  sessions.push(updates);
}
console.log(JSON.stringify(sessions));
