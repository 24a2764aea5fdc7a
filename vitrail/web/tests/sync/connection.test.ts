import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Connection } from "../../src/sync/connection";
import type { LocalCopies, LocalCopy } from "../../src/sync/local-copy";
import { Peer } from "./peer";

let peer: Peer;
let connection: Connection | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  peer = new Peer();
});

afterEach(() => {
  connection?.destroy();
  vi.useRealTimers();
});

async function open(copies: LocalCopies | null = null) {
  connection = new Connection({ url: "ws://test", open: peer.open, copies, random: () => 0 });
  const shared = connection.open("page:one");
  await vi.advanceTimersByTimeAsync(0);
  return shared;
}

const write = (doc: Y.Doc, key: string) => doc.getMap("nodes").set(key, 1);

test("a document opens with what the server has, and is saved", async () => {
  write(peer.doc, "theirs");
  const shared = await open();
  expect(shared.doc.getMap("nodes").has("theirs")).toBe(true);
  expect(shared.state).toEqual({ kind: "saved" });
});

test("an edit is saved only when the server says that it is on disk", async () => {
  const shared = await open();
  peer.isDurable = false;
  write(shared.doc, "mine");
  write(shared.doc, "too");
  await vi.advanceTimersByTimeAsync(0);
  expect(peer.doc.getMap("nodes").has("mine")).toBe(true);
  expect(shared.state).toEqual({ kind: "saving", count: 2 });
  peer.acknowledge();
  expect(shared.state).toEqual({ kind: "saved" });
});

test("edits of one tick leave in one message", async () => {
  const shared = await open();
  peer.isDurable = false;
  for (let count = 0; count < 10; count++) write(shared.doc, `key ${count}`);
  await vi.advanceTimersByTimeAsync(0);
  peer.isDurable = true;
  peer.acknowledge();
  expect(shared.state).toEqual({ kind: "saved" });
  expect(peer.doc.getMap("nodes").size).toBe(10);
});

test("what others edit arrives and is not counted as ours", async () => {
  const shared = await open();
  peer.edit((doc) => write(doc, "theirs"));
  expect(shared.doc.getMap("nodes").has("theirs")).toBe(true);
  expect(shared.state).toEqual({ kind: "saved" });
});

test("edits made offline are counted, and sent on return within half a second", async () => {
  const shared = await open();
  peer.isDown = true;
  peer.cut();
  write(shared.doc, "one");
  write(shared.doc, "two");
  expect(shared.state).toEqual({ kind: "offline", count: 2 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(shared.state).toEqual({ kind: "offline", count: 2 });
  peer.isDown = false;
  globalThis.dispatchEvent?.(new Event("online"));
  await vi.advanceTimersByTimeAsync(5000);
  expect(peer.doc.getMap("nodes").has("two")).toBe(true);
  expect(shared.state).toEqual({ kind: "saved" });
});

test("an edit that was sent but not acknowledged counts as not sent when the line breaks", async () => {
  const shared = await open();
  peer.isDurable = false;
  write(shared.doc, "mine");
  await vi.advanceTimersByTimeAsync(0);
  peer.isDown = true;
  peer.cut();
  expect(shared.state).toEqual({ kind: "offline", count: 1 });
});

test("the first retry comes fast, later ones wait longer", async () => {
  await open();
  peer.isDown = true;
  peer.cut();
  const dials = peer.dials;
  await vi.advanceTimersByTimeAsync(160);
  expect(peer.dials).toBe(dials + 1);
  await vi.advanceTimersByTimeAsync(160);
  expect(peer.dials).toBe(dials + 1);
});

test("a document that was set aside opens again by itself, with what was typed meanwhile", async () => {
  const shared = await open();
  peer.denies = "it is looked at";
  peer.cut(4423);
  await vi.advanceTimersByTimeAsync(5000);
  expect(shared.state).toEqual({ kind: "denied", reason: "it is looked at" });
  write(shared.doc, "meanwhile");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(shared.state).toEqual({ kind: "denied", reason: "it is looked at" });
  peer.denies = null;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(shared.state).toEqual({ kind: "saved" });
  expect(peer.doc.getMap("nodes").has("meanwhile")).toBe(true);
});

test("a server that restarts is tried again within 300 ms, whatever came before", async () => {
  const shared = await open();
  peer.isDown = true;
  peer.cut();
  await vi.advanceTimersByTimeAsync(20_000);
  peer.isDown = false;
  await vi.advanceTimersByTimeAsync(20_000);
  const dials = peer.dials;
  peer.cut(1012);
  await vi.advanceTimersByTimeAsync(300);
  expect(peer.dials).toBe(dials + 1);
  expect(shared.state).toEqual({ kind: "saved" });
});

test("a refused update gives its words back and the document is read anew", async () => {
  const shared = await open();
  write(peer.doc, "theirs");
  peer.refuse = (update) => update.length > 2;
  const before = shared.doc;
  const replaced = vi.fn();
  shared.on("replace", replaced);
  shared.doc.getText("words").insert(0, "do not lose me");
  await vi.advanceTimersByTimeAsync(0);
  peer.refuse = null;
  expect(replaced).toHaveBeenCalledOnce();
  expect(shared.doc).not.toBe(before);
  expect(shared.refusal).toMatchObject({ reason: "not allowed", text: "do not lose me" });
  expect(shared.state.kind).toBe("refused");
  shared.dismissRefusal();
});

test("a reader is told so, and sends nothing", async () => {
  peer.scope = "readonly";
  const shared = await open();
  expect(shared.state).toEqual({ kind: "readonly" });
});

test("the connection does not come back when access was withdrawn", async () => {
  await open();
  const ended = vi.fn();
  connection?.on("ended", ended);
  const dials = peer.dials;
  peer.cut(4403);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toHaveBeenCalledWith(4403);
  expect(peer.dials).toBe(dials);
});

test("it pings, and where one is reaches the server", async () => {
  const shared = await open();
  shared.awareness.setLocalState({ selection: ["a"] });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(peer.pings).toBe(1);
  expect(peer.awareness.length).toBeGreaterThan(0);
});

test("a copy of another history is dropped", async () => {
  const dropped: string[] = [];
  const copies: LocalCopies = {
    lineageOf: () => "old",
    open: (_document, lineage, doc): LocalCopy => {
      if (lineage === "old") write(doc, "stale");
      return {
        lineage,
        loaded: Promise.resolve({ count: 0, held: null }),
        setUnsent: () => undefined,
        close: () => undefined,
        drop: async () => {
          dropped.push(lineage);
        },
      };
    },
  };
  const shared = await open(copies);
  await vi.advanceTimersByTimeAsync(0);
  expect(dropped).toEqual(["old"]);
  expect(shared.doc.getMap("nodes").has("stale")).toBe(false);
  expect(peer.doc.getMap("nodes").has("stale")).toBe(false);
});

test("what is in memory of a history that was replaced does not merge into the new one", async () => {
  const shared = await open();
  write(shared.doc, "old");
  await vi.advanceTimersByTimeAsync(0);
  peer.cut(1012);
  write(shared.doc, "offline");
  peer.doc = new Y.Doc();
  peer.lineage = "second";
  write(peer.doc, "restored");
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...shared.doc.getMap("nodes").keys()]).toEqual(["restored"]);
  expect([...peer.doc.getMap("nodes").keys()]).toEqual(["restored"]);
  expect(shared.loss).toEqual({ changes: 1, text: "" });
});

test("words that were not sent are kept when the document's history is replaced", async () => {
  peer.doc.getText("words").insert(0, "stored ");
  const shared = await open();
  shared.doc.getText("words").insert(7, "saved ");
  await vi.advanceTimersByTimeAsync(0);
  peer.edit((doc) => doc.getText("words").insert(0, "theirs "));
  peer.isDurable = false;
  const words = shared.doc.getText("words");
  for (const letter of "sent") words.insert(words.length, letter);
  await vi.advanceTimersByTimeAsync(0);
  peer.cut(4409);
  shared.doc.getText("title").insert(0, "offline");
  shared.doc.getText("title").delete(0, 3);
  peer.doc = new Y.Doc();
  peer.isDurable = true;
  peer.lineage = "second";
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shared.loss).toEqual({ changes: 6, text: "theirs stored saved sent\nline" });
  expect(shared.state.kind).toBe("replaced");
  shared.dismissLoss();
  expect(shared.state).toEqual({ kind: "saved" });
});

test("words of a copy that was never sent are kept when the history was replaced meanwhile", async () => {
  const copies: LocalCopies = {
    lineageOf: () => "old",
    open: (_document, lineage, doc): LocalCopy => ({
      lineage,
      loaded: Promise.resolve().then(() => {
        const store = { whenSynced: true };
        const add = (words: string) =>
          doc.transact(() => doc.getText("words").insert(0, words), store);
        add("known");
        const held = Y.encodeStateVector(doc);
        add("unknown ");
        return { count: 1, held };
      }),
      setUnsent: () => undefined,
      close: () => undefined,
      drop: () => Promise.resolve(),
    }),
  };
  const shared = await open(copies);
  await vi.advanceTimersByTimeAsync(0);
  expect(shared.loss).toEqual({ changes: 1, text: "unknown known" });
});

test("a history that is replaced while all is saved takes nothing away", async () => {
  const shared = await open();
  shared.doc.getText("words").insert(0, "saved");
  await vi.advanceTimersByTimeAsync(0);
  peer.cut(1012);
  peer.doc = new Y.Doc();
  peer.lineage = "second";
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shared.loss).toBeNull();
});
