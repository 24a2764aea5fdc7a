import { describe, expect, it } from "vitest";
import {
  type Comment,
  named,
  pieces,
  size,
  type Thread,
  typedName,
  withComment,
  withoutComment,
} from "../../src/editor/comments/threads";

function comment(id: string, threadId = id, body = id): Comment {
  return {
    id,
    threadId,
    body,
    pageId: "page:1",
    author: null,
    mentions: [],
    createdAt: "2026-01-01T00:00:00Z",
    editedAt: null,
    deletedAt: null,
    nodeId: null,
    quote: "",
    resolvedAt: null,
    resolvedBy: null,
  };
}

const person = (name: string) => ({ id: `user:${name}`, name, color: "#000000" });
const shape = (threads: readonly Thread[]) =>
  threads.map(({ id, replies }) => [id, ...replies.map((reply) => reply.id)].join(" "));

describe("threads", () => {
  const told = ["a", "b"].map((id) => comment(id));
  const two = [...told, comment("c", "a")].reduce<readonly Thread[]>(withComment, []);

  it("begin with the newest, and have their replies in order", () => {
    expect(shape(withComment(two, comment("d", "a")))).toEqual(["b", "a c d"]);
  });

  it("are the same however often they are told", () => {
    expect(withComment(two, comment("c", "a"))).toEqual(two);
  });

  it("keep their replies when their first comment changes", () => {
    const changed = withComment(two, { ...comment("a"), resolvedAt: "2026-01-02T00:00:00Z" });
    expect(shape(changed)).toEqual(["b", "a c"]);
    expect(changed[1]?.resolvedAt).not.toBeNull();
  });

  it("leave the place of a first comment that was answered, and go with the last", () => {
    const left = withoutComment(two, "a");
    expect(shape(left)).toEqual(["b", "a c"]);
    expect(size(left[1] as Thread)).toBe(1);
    expect(shape(withoutComment(left, "c"))).toEqual(["b"]);
    expect(shape(withoutComment(two, "b"))).toEqual(["a c"]);
  });
});

describe("names", () => {
  it("are found in a text, the longest first", () => {
    expect(pieces("Oui @Ana Lou, @Ana !", ["Ana", "Ana Lou"])).toEqual([
      { text: "Oui ", named: false },
      { text: "@Ana Lou", named: true },
      { text: ", ", named: false },
      { text: "@Ana", named: true },
      { text: " !", named: false },
    ]);
  });

  it("count only while the text has them, each once", () => {
    const chosen = [person("Ana"), person("Ana"), person("Bo")];
    expect(named("@Ana", chosen).map(({ name }) => name)).toEqual(["Ana"]);
  });

  it("begin with an at sign after a blank", () => {
    expect(typedName("Oui @an", 7)).toBe("an");
    expect(typedName("@", 1)).toBe("");
    expect(typedName("ana@ex", 6)).toBeNull();
  });
});
