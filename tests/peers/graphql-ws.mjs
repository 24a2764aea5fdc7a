// The stock graphql-ws client follows a site's products and a page while its lines are cut; each event is a line.
import { createInterface } from "node:readline/promises";
import { createClient } from "graphql-ws";

const [url, token, site, page, since] = process.argv.slice(2);
const client = createClient({
  url,
  connectionParams: { token },
  retryAttempts: 100,
  retryWait: () => new Promise((done) => setTimeout(done, 50)),
  shouldRetry: () => true,
});
const follow = (name, query, variables) => {
  client.subscribe({ query, variables }, {
    next: ({ data, errors }) => {
      const event = data?.[name];
      // This object is sent anew after a lost connection: it goes on where it was.
      if (event) variables.since = event.seq;
      console.log(JSON.stringify({ name, event, errors }));
    },
    error: (error) => console.log(JSON.stringify({ name, failed: String(error) })),
    complete: () => console.log(JSON.stringify({ name, complete: true })),
  });
};
follow(
  "productChanged",
  `subscription ($site: ID!, $since: Int) {
    productChanged(siteId: $site, sinceSeq: $since) { seq product { id prices { amount } } }
  }`,
  { site, since: 0 },
);
follow(
  "pageChanged",
  `subscription ($page: ID!, $since: Int) {
    pageChanged(pageId: $page, sinceSeq: $since) { seq page { revision } }
  }`,
  { page, since: Number(since) },
);
const asked = await client.iterate({ query: "{ me { name } }" }).next();
console.log(JSON.stringify({ name: "me", event: asked.value.data.me }));
for await (const line of createInterface({ input: process.stdin })) if (line === "stop") break;
await client.dispose();
process.exit(0);
