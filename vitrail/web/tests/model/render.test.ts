// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decode } from "../../src/model/commands";
import { nodeRules } from "../../src/model/css";
import { createPage, createSite } from "../../src/model/documents";
import {
  type Asset,
  type Element,
  pictureOf,
  type RenderContext,
  type ShopView,
  toHtml,
} from "../../src/model/elements";
import { execute } from "../../src/model/executor";
import { flatten, nodeMap, readNode } from "../../src/model/nodes";
import { product, reviews } from "../../src/model/product";
import { products } from "../../src/model/products";
import { describe, extend } from "../../src/model/render";
import { buildTree, ROOT, readPositions } from "../../src/model/tree";
import { productOfPage, wantsOf } from "../../src/model/wants";

extend({ products, product, reviews });

const FILE = new URL("../../../../tests/cases/render/nodes.json", import.meta.url);

interface Case {
  readonly name: string;
  readonly locale?: string;
  readonly ops: unknown[];
  readonly shop?: Partial<ShopView>;
  readonly gives: {
    readonly html: string;
    readonly rules: Record<string, unknown>;
    readonly wants?: string[];
  };
}

const data = JSON.parse(readFileSync(FILE, "utf8")) as {
  asset: Asset;
  shop: ShopView;
  cases: Case[];
};

test.each(data.cases)("$name", ({ ops, locale = "fr", shop, gives }) => {
  const page = createPage("s1");
  let number = 0;
  const chance = { newId: () => `n${++number}`, random: () => 0.5 };
  const outcome = execute(page, createSite("Test"), decode(ops), { selection: [], ...chance });
  expect(outcome.isOk).toBe(true);
  const tree = buildTree(readPositions(page.getMap("nodes")));
  const read = (id: string) => {
    const node = nodeMap(page, id);
    if (!node) throw new Error(`no node ${id}`);
    return readNode(id, node);
  };
  const nodes = flatten(tree).map(({ id }) => read(id));
  const about = productOfPage(nodes);
  const context: RenderContext = {
    locale,
    shop: { ...data.shop, ...shop, product: about },
    pageId: "home",
    pages: [
      { id: "home", title: "Accueil", path: "/", inMenu: true },
      { id: "menu", title: 'La "carte" & <vins>', path: "/carte/", inMenu: true },
    ],
    alternates: { fr: "/", en: "/en/" },
    asset: (id) => (id === data.asset.id ? data.asset : null),
  };
  const element = (id: string): Element =>
    describe(read(id), (tree.children.get(id) ?? []).map(element), context);
  const html = (tree.children.get(ROOT) ?? []).map((top) => toHtml(element(top))).join("");
  expect(html).toBe(gives.html);
  const rules = [...tree.parents.keys()].map(
    (id) => [id, nodeRules(read(id).styles, pictureOf(context))] as const,
  );
  const found = rules.filter(([, all]) => all.length > 0);
  expect(JSON.parse(JSON.stringify(Object.fromEntries(found)))).toEqual(gives.rules);
  const wanted = new Set(nodes.flatMap((node) => wantsOf(node, about)));
  expect([...wanted]).toEqual(gives.wants ?? []);
});
