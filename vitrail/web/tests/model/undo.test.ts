// @vitest-environment node
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Operation } from "../../src/model/commands";
import { createPage, createSite, dump, nodeText, readPage } from "../../src/model/documents";
import { execute } from "../../src/model/executor";
import { Undo } from "../../src/model/undo";
import { generator } from "./random";

const ORIGIN = "local";

class Person {
  readonly page = new Y.Doc();
  readonly site = createSite("Test");
  readonly undo: Undo;

  constructor(seed: Uint8Array) {
    Y.applyUpdate(this.page, seed);
    this.undo = new Undo([this.page, this.site], { origin: ORIGIN, pauseMilliseconds: Infinity });
  }

  run(...operations: Operation[]) {
    const outcome = execute(this.page, this.site, operations, { selection: [], origin: ORIGIN });
    this.undo.stop();
    return outcome;
  }

  state() {
    const { tree, nodes } = readPage(this.page);
    const values = dump(this.page, ["nodes"]).nodes as Record<string, Record<string, unknown>>;
    for (const node of Object.values(values)) delete node.pos;
    const alive = [...nodes.keys()].filter((id) => tree.parents.get(id) !== "trash");
    const children = Object.fromEntries(
      [...tree.children].filter(
        ([id]) => id !== "trash" && (tree.children.get(id)?.length ?? 0) > 0,
      ),
    );
    return { values, children, alive: alive.sort() };
  }
}

function two(): [Person, Person] {
  const seed = Y.encodeStateAsUpdate(createPage("s1"));
  return [new Person(seed), new Person(seed)];
}

function sync(one: Person, other: Person) {
  for (const [from, to] of [
    [one, other],
    [other, one],
    [one, other],
  ] as const) {
    Y.applyUpdate(
      to.page,
      Y.encodeStateAsUpdate(from.page, Y.encodeStateVector(to.page)),
      "remote",
    );
  }
}

const box = (): Operation => ({ op: "insert", block: "box" });

test("an insertion is undone by a move to the trash and comes back with redo", () => {
  const [ada] = two();
  const id = ada.run(box()).results[0]?.created?.[0] ?? "";
  expect(ada.undo.canUndo).toBe(true);
  expect(ada.undo.undo()).toEqual([]);
  expect(readPage(ada.page).tree.parents.get(id)).toBe("trash");
  expect(ada.undo.redo()).toEqual([]);
  expect(readPage(ada.page).tree.parents.get(id)).toBe("root");
});

test("a key that a colleague changed since is left and reported", () => {
  const [ada, bob] = two();
  const target = { id: ada.run(box()).results[0]?.created?.[0] ?? "" };
  sync(ada, bob);
  ada.run({ op: "style", target, set: { color: "red", gap: "1px" } });
  sync(ada, bob);
  bob.run({ op: "style", target, set: { color: "blue" } });
  sync(ada, bob);
  expect(ada.undo.undo()).toEqual([{ path: ["nodes", target.id, "s:_::color"] }]);
  expect(readPage(ada.page).nodes.get(target.id)?.styles).toEqual({ "_::color": "blue" });
});

test("typing and styling come back in the order of their gestures", () => {
  const [ada] = two();
  const id = ada.run({ op: "insert", block: "text" }).results[0]?.created?.[0] ?? "";
  const text = nodeText(ada.page, id, "fr");
  ada.page.transact(() => text?.insert(0, "Bon"), ORIGIN);
  ada.page.transact(() => text?.insert(3, "jour"), ORIGIN);
  ada.undo.stop();
  ada.run({ op: "style", target: { id }, set: { color: "red" } });
  ada.undo.undo();
  expect(readPage(ada.page).nodes.get(id)?.styles).toEqual({});
  expect(text?.toString()).toBe("Bonjour");
  ada.undo.undo();
  expect(text?.toString()).toBe("");
  ada.undo.redo();
  expect(text?.toString()).toBe("Bonjour");
});

test("undoing one's typing leaves what a colleague typed in between", () => {
  const [ada, bob] = two();
  const id = ada.run({ op: "insert", block: "text" }).results[0]?.created?.[0] ?? "";
  sync(ada, bob);
  ada.page.transact(() => nodeText(ada.page, id, "fr")?.insert(0, "AA"), ORIGIN);
  sync(ada, bob);
  bob.page.transact(() => nodeText(bob.page, id, "fr")?.insert(1, "b"), ORIGIN);
  sync(ada, bob);
  ada.undo.undo();
  expect(nodeText(ada.page, id, "fr")?.toString()).toBe("b");
});

test("a gesture that a colleague made void does not take the one before it along", () => {
  const [ada, bob] = two();
  const id = ada.run({ op: "insert", block: "text" }).results[0]?.created?.[0] ?? "";
  const type = (at: number, words: string) => {
    ada.page.transact(() => nodeText(ada.page, id, "fr")?.insert(at, words), ORIGIN);
    ada.undo.stop();
  };
  type(0, "one");
  type(3, " two");
  sync(ada, bob);
  bob.page.transact(() => nodeText(bob.page, id, "fr")?.delete(3, 4), ORIGIN);
  sync(ada, bob);
  ada.undo.undo();
  expect(nodeText(ada.page, id, "fr")?.toString()).toBe("one");
});

test("undoing everything and redoing everything is the identity for one person alone", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = generator(seed);
    const [ada] = two();
    const states = [ada.state()];
    for (let step = 0; step < 12; step++) {
      const ids = ada.state().alive;
      ada.run(anyOperation(random, ids));
      if (JSON.stringify(ada.state()) !== JSON.stringify(states.at(-1))) states.push(ada.state());
    }
    const last = ada.state();
    while (ada.undo.canUndo) ada.undo.undo();
    expect(ada.state().alive).toEqual([]);
    while (ada.undo.canRedo) expect(ada.undo.redo()).toEqual([]);
    expect(ada.state()).toEqual(last);
  }
});

test("two people who undo at random converge and lose no node", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = generator(seed);
    const people = two();
    for (let step = 0; step < 30; step++) {
      const person = random() < 0.5 ? people[0] : people[1];
      const dice = random();
      if (dice < 0.6) person.run(anyOperation(random, person.state().alive));
      else if (dice < 0.75) person.undo.undo();
      else if (dice < 0.85) person.undo.redo();
      else sync(...people);
    }
    sync(...people);
    expect(people[0].state()).toEqual(people[1].state());
    for (const { nodes } of [readPage(people[0].page)]) {
      for (const node of nodes.values()) expect(node.type).toMatch(/^(box|text)$/);
    }
    const raw = people[0].page.getMap("nodes");
    for (const node of raw.values()) expect((node as Y.Map<unknown>).get("pos")).toBeTruthy();
  }
});

function anyOperation(random: () => number, ids: readonly string[]): Operation {
  const one = () => ({ id: ids[Math.floor(random() * ids.length)] ?? "" });
  const dice = ids.length === 0 ? 0 : random();
  if (dice < 0.3) return { op: "insert", block: random() < 0.5 ? "box" : "text" };
  if (dice < 0.5)
    return { op: "style", target: one(), set: { color: `#00${Math.floor(random() * 90) + 10}00` } };
  if (dice < 0.6)
    return { op: "update", target: one(), set: { name: `n${Math.floor(random() * 9)}` } };
  if (dice < 0.75) return { op: "move", target: one(), at: { inside: one() } };
  if (dice < 0.85) return { op: "remove", target: one() };
  return { op: "set_text", target: one(), text: `é🎉${Math.floor(random() * 1000)}` };
}
