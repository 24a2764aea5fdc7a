// Does with the TypeScript client what programs do; each line that it writes is read by test_typescript.py.
import { createInterface } from "node:readline/promises";
import { Client } from "../../clients/typescript/dist/client.js";
import { Refused, RequestFailed, Unreachable } from "../../clients/typescript/dist/errors.js";
import * as ask from "../../clients/typescript/dist/generated/operations.js";
import { apply, steps } from "../../clients/typescript/dist/sync.js";

const [, , base, farBase, nowhere, token, site, page] = process.argv;
const client = new Client({ server: base, token: async () => token });
const far = new Client({ server: farBase, token });
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (name, value) => console.log(JSON.stringify({ [name]: value }));
const headline = (text) => [{ op: "set_text", target: { type: "heading" }, text }];
const code = (made, kind) =>
  made.then(
    () => "nothing",
    (error) => (error instanceof kind ? error.code ?? "unreachable" : String(error)),
  );

const { products } = await client.run(ask.products, { siteId: site, first: 2 });
const [first, second] = products.nodes;
const price = (amount) => ({
  variantId: first.variants[0].id,
  price: { amount, currency: "EUR" },
});
const { priceSet } = await client.change(ask.priceSet, price(1_234));
tell("priced", priceSet.product.prices);

const before = (await client.run(ask.page, { id: page })).page.revision;
const shown = far.follow(ask.pageChanged, { pageId: page, sinceSeq: before });
const sold = far.follow(ask.productChanged, { siteId: site, sinceSeq: 0 });
const seqs = [];
for (const amount of [2_000, 3_000]) {
  await client.change(ask.pageEdit, { pageId: page, ops: headline(`À ${amount}`) });
  const { value } = await shown.next();
  if (value.pageChanged.seq <= before) throw new Error("this is of before");
  await client.change(ask.priceSet, price(amount));
  while (true) {
    const { productChanged: event } = (await sold.next()).value;
    seqs.push(event.seq);
    if (event.product?.id === first.id && event.product.prices[0].amount === amount) break;
  }
  tell("cut", amount);
  await lines.next();
}
tell("seqs", seqs);
await shown.return();
await sold.return();
const { page: read } = await client.run(ask.pageBlocks, { id: page });
tell("headline", read.blocks.flatMap((block) => Object.values(block.texts)).join());

const copies = [[null, new Map()]];
const things = new Map();
for await (const step of steps(client, { siteId: site, first: 1 })) {
  apply(step, things);
  copies.push([step.cursor, new Map(things)]);
}
await client.change(ask.productUpdate, { id: first.id, product: { tags: ["lot"] } });
await client.change(ask.productDelete, { id: second.id });
const whole = (await client.run(ask.products, { siteId: site, first: 100 })).products.nodes;
const written = (all) => JSON.stringify([...all].sort((a, b) => a.id.localeCompare(b.id)));
let equal = 0;
for (const [since, had] of copies) {
  for await (const step of steps(client, { siteId: site, since })) apply(step, had);
  equal += written(had.values()) === written(whole) ? 1 : 0;
}
tell("synced", [equal, copies.length]);

const gone = `page:${"0".repeat(26)}`;
const stranger = new Client({ server: base, token: "nonsense" });
tell("codes", [
  await code(client.change(ask.productUpdate, { id: second.id, product: {} }), Refused),
  await code(client.run(ask.products, { siteId: site, first: 1_000 }), RequestFailed),
  await code(client.follow(ask.pageChanged, { pageId: gone }).next(), RequestFailed),
  await code(stranger.run(ask.me), RequestFailed),
  await code(stranger.follow(ask.pageChanged, { pageId: page }).next(), RequestFailed),
  await code(new Client({ server: nowhere }).run(ask.me), Unreachable),
]);
for (const documents of ["text", "trusted"]) {
  const named = new Client({ server: base, token, documents });
  tell(documents, await code(named.run(ask.me), RequestFailed));
}
await client.close();
await far.close();
process.exit(0);
