// @vitest-environment node
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { isKey, keyBetween, keysBetween } from "../../src/model/keys";
import { buildTree, PageTree, ROOT, readPositions, TRASH } from "../../src/model/tree";
import { generator } from "./random";

const CASES = new URL("../../../../tests/cases/tree/registers.json", import.meta.url);
const RUNS = 3_500;

type Nested = [string, Nested][];

interface Dump {
  readonly update: string;
  readonly tree: [Nested, Nested];
}

function shape(doc: Y.Doc): [Nested, Nested] {
  const tree = buildTree(readPositions(doc.getMap("nodes")));
  const under = (parent: string): Nested =>
    (tree.children.get(parent) ?? []).map((child) => [child, under(child)]);
  return [under(ROOT), under(TRASH)];
}

function allIds(nested: Nested): string[] {
  return nested.flatMap(([id, inner]) => [id, ...allIds(inner)]);
}

function exchange(source: Y.Doc, target: Y.Doc) {
  Y.applyUpdate(target, Y.encodeStateAsUpdate(source, Y.encodeStateVector(target)));
}

function step(random: () => number, replicas: readonly Y.Doc[], at: number, name: string) {
  const tree = new PageTree(replicas[at] as Y.Doc, random);
  const ids = [...tree.nodes.keys()];
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? ROOT;
  const dice = ids.length < 5 ? 0 : random();
  const index = Math.floor(random() * 3);
  if (dice < 0.25) tree.add(name, "box", pick([ROOT, ...ids]), index);
  else if (dice < 0.85) tree.move(pick(ids), pick([ROOT, ...ids]), index);
  else tree.trash(pick(ids));
}

function randomRun(seed: number): Y.Doc[] {
  const random = generator(seed);
  const replicas = Array.from({ length: 2 + Math.floor(random() * 3) }, () => new Y.Doc());
  for (let count = 0; count < 28; count++) {
    const at = count < 6 ? 0 : Math.floor(random() * replicas.length);
    step(random, replicas, at, `n${at}_${count}`);
    const [from, to] = [0, 0].map(() => replicas[Math.floor(random() * replicas.length)] as Y.Doc);
    if (from && to && from !== to && random() < 0.4) exchange(from, to);
  }
  for (let round = 0; round < 2; round++) {
    for (const from of replicas) for (const to of replicas) if (from !== to) exchange(from, to);
  }
  return replicas;
}

const { cases } = JSON.parse(readFileSync(CASES, "utf8")) as {
  cases: { name: string; nodes: Record<string, unknown>; children: unknown; repaired: unknown }[];
};

test.each(cases)("$name", ({ nodes, children, repaired }) => {
  const doc = new Y.Doc();
  for (const [id, register] of Object.entries(nodes)) {
    const node = new Y.Map<unknown>([["type", "box"]]);
    if (register !== null) node.set("pos", register);
    doc.getMap("nodes").set(id, node);
  }
  const tree = buildTree(readPositions(doc.getMap("nodes")));
  expect(Object.fromEntries(tree.children)).toEqual(children);
  expect(tree.repaired).toEqual(repaired);
});

test("random runs of several replicas neither diverge nor lose nor double a node", () => {
  const dumps: Dump[] = [];
  let crossed = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const replicas = randomRun(seed);
    const shapes = replicas.map(shape);
    const first = shapes[0] as [Nested, Nested];
    const written = JSON.stringify(first);
    for (const other of shapes)
      if (JSON.stringify(other) !== written) throw new Error(`run ${seed} diverged`);
    const ids = [...allIds(first[0]), ...allIds(first[1])].sort();
    const doc = replicas[0] as Y.Doc;
    if (ids.join() !== [...doc.getMap("nodes").keys()].sort().join())
      throw new Error(`run ${seed} lost or doubled`);
    if (buildTree(readPositions(doc.getMap("nodes"))).repaired.length > 0) crossed++;
    dumps.push({ update: Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64"), tree: first });
  }
  expect(crossed).toBeGreaterThan(RUNS / 50);
  const out = process.env.TREE_DUMPS_OUT;
  if (out) writeFileSync(out, JSON.stringify(dumps));
}, 60_000);

test("runs made by the Python twin give the same tree here", () => {
  const path = process.env.TREE_DUMPS_IN;
  const dumps = path ? (JSON.parse(readFileSync(path, "utf8")) as Dump[]) : [];
  for (const dump of dumps) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from(dump.update, "base64"));
    expect(shape(doc)).toEqual(dump.tree);
  }
}, 60_000);

test("keys between any two others sort between them", () => {
  const random = generator(7);
  let [low, high]: [string | null, string | null] = [null, null];
  for (let count = 0; count < 3000; count++) {
    const key = keyBetween(low, high, random);
    expect(isKey(key)).toBe(true);
    expect((low === null || low < key) && (high === null || key < high)).toBe(true);
    if (random() < 0.5) low = key;
    else high = key;
    if (key.length > 60) [low, high] = [null, null];
  }
  const run = keysBetween("a0", "a1", 130, random);
  expect([...run].sort()).toEqual(run);
  expect(new Set(run).size).toBe(130);
});
