// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { decode, type Operation } from "../../src/model/commands";
import { createPage, createSite, dump } from "../../src/model/documents";
import { EditError } from "../../src/model/errors";
import { execute } from "../../src/model/executor";
import { PageTree } from "../../src/model/tree";

const FOLDER = new URL("../../../../tests/cases/commands/", import.meta.url);

interface Case {
  readonly name: string;
  readonly setup?: unknown[];
  readonly selection?: string[];
  readonly locale?: string;
  readonly partial?: boolean;
  readonly ops: unknown[];
  readonly gives: unknown;
}

function addPage(site: Y.Doc, id: string, title: string, slug: string) {
  const tree = new PageTree(site, () => 0.5, "pages");
  const [position] = tree.positionsAt("root", 99, 1, tree.tree());
  const entries = { pos: position, nav: true, "title@fr": title, "slug@fr": slug };
  site.getMap("pages").set(id, new Y.Map(Object.entries(entries)));
}

function run(given: Case) {
  const site = createSite("Test");
  addPage(site, "home", "Accueil", "");
  addPage(site, "menu", "La carte", "carte");
  const page = createPage("s1");
  let number = 0;
  const chance = { newId: () => `n${++number}`, random: () => 0.5 };
  const setup = execute(page, site, decode(given.setup ?? []), { selection: [], ...chance });
  expect(setup.isOk).toBe(true);
  const { locale, selection = [], partial = false } = given;
  const context = { locale, selection, last: setup.last, ...chance };
  let operations: Operation[];
  try {
    operations = decode(given.ops);
  } catch (error) {
    expect(error).toBeInstanceOf(EditError);
    return { results: "malformed" };
  }
  const outcome = execute(page, site, operations, context, { partial });
  const results = outcome.results.map((result) =>
    result.error ? { ...result, error: result.error.code } : result,
  );
  return {
    results,
    requests: outcome.requests,
    last: outcome.isOk ? outcome.last : [],
    page: dump(page, ["nodes"]),
    site: dump(site, ["meta", "tokens", "themes", "pages"]),
  };
}

for (const file of readdirSync(FOLDER)) {
  const { cases } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as { cases: Case[] };
  describe(file, () => {
    for (const given of cases) {
      test(given.name, () => {
        expect(JSON.parse(JSON.stringify(run(given)))).toEqual(given.gives);
      });
    }
  });
}
