// @vitest-environment happy-dom
import { expect, test } from "vitest";
import * as Y from "yjs";
import { TextBinding } from "../../src/canvas/text-binding";
import { docFrom, schema } from "../../src/canvas/text-schema";

interface Side {
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly binding: TextBinding;
}

function side(): Side {
  const doc = new Y.Doc();
  const text = doc.getText("text");
  const element = document.createElement("p");
  document.body.append(element);
  const binding = new TextBinding(text, element, {
    origin: "local",
    undo: () => undefined,
    redo: () => undefined,
    onLeave: () => undefined,
    onSelect: () => undefined,
    editLink: () => undefined,
  });
  return { doc, text, binding };
}

function exchange(one: Side, other: Side): void {
  const [a, b] = [Y.encodeStateVector(one.doc), Y.encodeStateVector(other.doc)];
  const [forA, forB] = [Y.encodeStateAsUpdate(other.doc, a), Y.encodeStateAsUpdate(one.doc, b)];
  Y.applyUpdate(one.doc, forA, "remote");
  Y.applyUpdate(other.doc, forB, "remote");
}

/** A small generator with a seed, so that a failure can be played again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const PIECES = ["a", "mot ", "été", "👩‍🚀", "🙂", "x\ny", "—"];
const MARKS = ["bold", "italic", "code"] as const;

function act({ binding }: Side, draw: (below: number) => number): void {
  const { state } = binding.view;
  const size = state.doc.content.size;
  // A caret never stands in the middle of a character.
  const words = state.doc.textBetween(0, size);
  const whole = (at: number) => (/^[\udc00-\udfff]/.test(words.slice(at)) ? at + 1 : at);
  const from = whole(draw(size + 1));
  const to = whole(Math.min(size, from + draw(6)));
  const kind = draw(4);
  if (kind === 0 && to > from) binding.view.dispatch(state.tr.delete(from, to));
  else if (kind === 1 && to > from) {
    const mark = schema.marks[MARKS[draw(MARKS.length)] ?? "bold"];
    if (mark) binding.view.dispatch(state.tr.addMark(from, to, mark.create()));
  } else {
    const piece = PIECES[draw(PIECES.length)] ?? "a";
    const nodes = piece
      .split(/(\n)/)
      .filter(Boolean)
      .map((part) => (part === "\n" ? schema.node("hard_break") : schema.text(part)));
    binding.view.dispatch(state.tr.insert(from, nodes));
  }
}

function expectTrue(one: Side): void {
  expect(one.binding.view.state.doc.toJSON()).toEqual(docFrom(one.text).toJSON());
  expect(one.text.toString()).not.toContain("\ufffd");
}

test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
  "two editors that type at once agree (seed %i)",
  (seed) => {
    const draw = chance(seed);
    const [one, other] = [side(), side()];
    for (let round = 0; round < 40; round++) {
      act(one, draw);
      if (draw(2)) act(other, draw);
      expectTrue(one);
      expectTrue(other);
      if (draw(3) === 0) exchange(one, other);
    }
    exchange(one, other);
    expectTrue(one);
    expectTrue(other);
    expect(one.text.toDelta()).toEqual(other.text.toDelta());
    one.binding.destroy();
    other.binding.destroy();
  },
);

test("a caret keeps to the character on its left", () => {
  const [one, other] = [side(), side()];
  one.text.insert(0, "bonjour");
  exchange(one, other);
  one.binding.selectAll();
  const { state } = one.binding.view;
  one.binding.view.dispatch(state.tr.insertText("!", 7));
  other.text.insert(0, "ah, ");
  exchange(one, other);
  expect(one.text.toString()).toBe("ah, bonjour!");
  expectTrue(one);
});

test("a link is put on a selection and taken off", () => {
  const one = side();
  one.text.insert(0, "lire la suite");
  one.binding.selectAll();
  one.binding.setLink("page:abc");
  expect(one.text.toDelta()).toEqual([
    { insert: "lire la suite", attributes: { link: "page:abc" } },
  ]);
  expect(one.binding.link()).toBe("page:abc");
  one.binding.setLink("");
  expect(one.text.toDelta()).toEqual([{ insert: "lire la suite" }]);
});
