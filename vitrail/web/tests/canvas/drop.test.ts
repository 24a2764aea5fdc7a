import { expect, test } from "vitest";
import { type Box, findDrop, flowsInRows, indexAt, type Landscape } from "../../src/canvas/drop";

const box = (left: number, top: number, right: number, bottom: number): Box => ({
  left,
  top,
  right,
  bottom,
});

const BOXES: Record<string, Box> = {
  hero: box(0, 0, 1000, 400),
  words: box(40, 60, 480, 340),
  title: box(40, 60, 480, 160),
  text: box(40, 180, 480, 340),
  image: box(520, 60, 960, 340),
  footer: box(0, 400, 1000, 500),
};
const CHILDREN: Record<string, string[]> = {
  root: ["hero", "footer"],
  hero: ["words", "image"],
  words: ["title", "text"],
};

function land(options: { carried?: string[]; takers?: string[] } = {}): Landscape {
  const takers = options.takers ?? ["hero", "words", "footer"];
  const parentOf = (id: string) =>
    Object.keys(CHILDREN).find((parent) => CHILDREN[parent]?.includes(id)) ?? "root";
  return {
    root: "root",
    at: (x, y) => {
      const found = Object.entries(BOXES).filter(
        ([, each]) => x >= each.left && x < each.right && y >= each.top && y < each.bottom,
      );
      return found.at(-1)?.[0] === "text" ? "text" : deepest(found.map(([id]) => id));
    },
    parent: parentOf,
    children: (id) => CHILDREN[id] ?? [],
    box: (id) => BOXES[id] ?? null,
    takes: (id) => takers.includes(id),
    isCarried: (id) => options.carried?.includes(id) ?? false,
  };
}

function deepest(ids: string[]): string {
  return (
    ["title", "text", "image", "words", "hero", "footer"].find((id) => ids.includes(id)) ?? "root"
  );
}

test("the deepest container that takes it wins", () => {
  expect(findDrop(land(), 100, 170)).toMatchObject({ parent: "words", index: 1 });
});

test("children side by side split by their middles, and the line stands upright", () => {
  const drop = findDrop(land({ takers: ["hero"] }), 900, 200);
  expect(drop).toMatchObject({ parent: "hero", index: 2 });
  expect(drop.line.height).toBeGreaterThan(drop.line.width);
  expect(findDrop(land({ takers: ["hero"] }), 530, 200)).toMatchObject({ index: 1 });
});

test("the rim of a container means beside it", () => {
  expect(findDrop(land(), 500, 398)).toMatchObject({ parent: "root", index: 1 });
  expect(findDrop(land(), 500, 3)).toMatchObject({ parent: "root", index: 0 });
});

test("nothing is dropped into itself, and what is carried does not count among its siblings", () => {
  const drop = findDrop(land({ carried: ["words", "title", "text"] }), 100, 170);
  expect(drop).toMatchObject({ parent: "hero", index: 0 });
});

test("an empty container takes the drop in its middle", () => {
  const drop = findDrop(land(), 500, 450);
  expect(drop).toMatchObject({ parent: "footer", index: 0 });
  expect(drop.line.y).toBe(450);
});

test("the direction is read from where the children stand", () => {
  expect(flowsInRows([box(0, 0, 10, 10), box(20, 0, 30, 10)])).toBe(true);
  expect(flowsInRows([box(0, 0, 10, 10), box(0, 20, 10, 30)])).toBe(false);
  expect(flowsInRows([box(0, 0, 10, 10)])).toBe(false);
});

test("in a grid of two rows the row is found first", () => {
  const grid = [box(0, 0, 10, 10), box(20, 0, 30, 10), box(0, 20, 10, 30), box(20, 20, 30, 30)];
  expect(indexAt(grid, 16, 5, true)).toBe(1);
  expect(indexAt(grid, 2, 25, true)).toBe(2);
  expect(indexAt(grid, 29, 25, true)).toBe(4);
});
