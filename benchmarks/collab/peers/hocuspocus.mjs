// Hocuspocus as its documentation sets it up: node hocuspocus.mjs PORT DATABASE [FLUSH_DELAY]
//
// Durability: its SQLite extension stores the whole document 2 s after the last edit, at the latest
// 10 s after the first that is not stored; these are that extension's two hooks on node:sqlite, since
// its own driver needs a compiler. It acknowledges an edit once it is in memory: a crash may lose
// what it has acknowledged. Vitrail acknowledges once the edit is on disk.
import { DatabaseSync } from "node:sqlite";
import { Server } from "@hocuspocus/server";
import * as Y from "yjs";

const [port, path, flushDelay = "0"] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec("PRAGMA journal_mode=WAL");
database.exec("CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL)");
const read = database.prepare("SELECT data FROM documents WHERE name = ?");
const write = database.prepare(
  "INSERT INTO documents VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data",
);
const server = new Server({
  port: Number(port),
  address: "127.0.0.1",
  quiet: true,
  flushDelay: Number(flushDelay),
  async onLoadDocument({ document, documentName }) {
    const row = read.get(documentName);
    if (row) Y.applyUpdate(document, row.data);
  },
  async onStoreDocument({ document, documentName }) {
    write.run(documentName, Y.encodeStateAsUpdate(document));
  },
});
server.listen();
