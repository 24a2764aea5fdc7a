// @vitest-environment happy-dom
import { beforeEach, expect, type Mock, test, vi } from "vitest";
import * as Y from "yjs";
import { Canvas } from "../../src/canvas/canvas";
import type { Operation } from "../../src/model/commands";
import { createPage, createSite } from "../../src/model/documents";
import type { RenderContext } from "../../src/model/elements";
import { execute } from "../../src/model/executor";

let page: Y.Doc;
let site: Y.Doc;
let canvas: Canvas;
let drawn: Mock<() => void>;

const context: RenderContext = {
  locale: "fr",
  pageId: "one",
  pages: [],
  alternates: {},
  asset: () => null,
};

function run(...operations: Operation[]): string[] {
  const outcome = execute(page, site, operations, { locale: "fr", selection: [] });
  expect(outcome.results.map((result) => result.error)).toEqual(operations.map(() => undefined));
  return outcome.results.flatMap((result) => result.created ?? []);
}

beforeEach(() => {
  page = createPage("site");
  site = createSite("Essai");
  const doc = document.implementation.createHTMLDocument();
  drawn = vi.fn<() => void>();
  canvas = new Canvas({
    frame: { contentDocument: doc } as HTMLIFrameElement,
    page,
    context: () => context,
    onDraw: drawn,
    onShop: vi.fn<() => void>(),
  });
});

const body = () => canvas.document.body;

function mutations(change: () => void): MutationRecord[] {
  const Observer = MutationObserver;
  const observer = new Observer(() => undefined);
  observer.observe(body(), {
    childList: true,
    attributes: true,
    characterData: true,
    subtree: true,
  });
  change();
  const records = observer.takeRecords();
  observer.disconnect();
  return records;
}

test("nodes become elements in order, and a block is drawn whole", () => {
  run({ op: "insert", block: "hero" }, { op: "insert", block: "footer" });
  expect(body().children.length).toBe(2);
  expect(body().querySelector("h1")?.textContent).toBe("Un titre qui donne envie");
  expect(drawn).toHaveBeenCalled();
});

test("typing changes one element and leaves the others as they are", () => {
  const [id = ""] = run({
    op: "insert",
    nodes: [
      { type: "text", text: "un" },
      { type: "text", text: "deux" },
    ],
  });
  const element = canvas.elements.get(id);
  const other = body().children[1];
  const records = mutations(() => {
    run({ op: "set_text", target: { id }, text: "une" });
  });
  expect(canvas.elements.get(id)).toBe(element);
  expect(element?.textContent).toBe("une");
  expect(body().children[1]).toBe(other);
  expect(records.length).toBeLessThanOrEqual(3);
});

test("a style touches no element at all", () => {
  const [id = ""] = run({ op: "insert", nodes: [{ type: "text", text: "un" }] });
  const records = mutations(() => {
    run({ op: "style", target: { id }, set: { color: "$color.primary" } });
  });
  expect(records).toEqual([]);
});

test("a move keeps the element", () => {
  const [first = "", second = ""] = run({
    op: "insert",
    nodes: [
      { type: "text", text: "un" },
      { type: "text", text: "deux" },
    ],
  });
  const element = canvas.elements.get(first);
  run({ op: "move", target: { id: first }, at: { after: { id: second } } });
  expect(body().lastElementChild).toBe(element);
});

test("a new tag makes a new element with the same children", () => {
  const [id = ""] = run({
    op: "insert",
    nodes: [{ type: "section", children: [{ type: "text", text: "dedans" }] }],
  });
  const child = canvas.elements.get(id)?.firstElementChild;
  run({ op: "update", target: { id }, set: { tag: "aside" } });
  expect(canvas.elements.get(id)?.localName).toBe("aside");
  expect(canvas.elements.get(id)?.firstElementChild).toBe(child);
  expect(body().children.length).toBe(1);
});

test("what is removed leaves, and comes back when it is placed again", () => {
  const [id = ""] = run({ op: "insert", block: "hero" });
  run({ op: "remove", target: { id } });
  expect(body().children.length).toBe(0);
});

test("an update of someone else is drawn like one's own", () => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(page));
  execute(other, site, [{ op: "insert", block: "cta" }], { locale: "fr", selection: [] });
  Y.applyUpdate(page, Y.encodeStateAsUpdate(other), "remote");
  expect(body().children.length).toBe(1);
});

test("while a text is edited its element is left to the editor", () => {
  const [id = ""] = run({ op: "insert", nodes: [{ type: "text", text: "un" }] });
  const element = canvas.elements.get(id);
  canvas.editing = id;
  if (element) element.textContent = "du ressort de l’éditeur";
  run({ op: "set_text", target: { id }, text: "une" });
  expect(element?.textContent).toBe("du ressort de l’éditeur");
  canvas.release(id);
  expect(canvas.elements.get(id)?.textContent).toContain("une");
});
