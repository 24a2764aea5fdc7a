import { ask, change } from "../graph";

export interface Delivery {
  readonly id: string;
  readonly state: "WAITING" | "DONE" | "FAILED";
  readonly type: string;
  readonly body: string;
  readonly createdAt: string;
  readonly attempts: number;
  readonly attemptedAt: string | null;
  readonly status: number | null;
  readonly milliseconds: number | null;
  readonly answer: string | null;
}

export type Reason = "BY_PERSON" | "ACCESS" | "QUERY" | "GONE" | "FAILING";

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly query: string;
  readonly enabled: boolean;
  readonly reason: Reason | null;
  readonly failingSince: string | null;
  readonly nextAttemptAt: string | null;
  readonly deliveries: { readonly nodes: readonly Delivery[] };
}

const DELIVERY = "id state type body createdAt attempts attemptedAt status milliseconds answer";
const WEBHOOK = `id url query enabled reason failingSince nextAttemptAt
  deliveries(first: 10) { nodes { ${DELIVERY} } }`;
const ERRORS = "errors { message hint }";

export const webhooks = {
  async list(site: string): Promise<readonly Webhook[]> {
    const query = `query($id: ID!) { site(id: $id) { webhooks { ${WEBHOOK} } } }`;
    const found = await ask<{ site: { webhooks: readonly Webhook[] } }>(query, {
      id: `site:${site}`,
    });
    return found.site.webhooks;
  },
  async create(site: string, url: string, query: string): Promise<string> {
    const made = await change<{ secret: string }>(
      `mutation($site: ID!, $url: String!, $query: String!) {
        it: webhookCreate(siteId: $site, url: $url, query: $query) { secret ${ERRORS} }
      }`,
      { site: `site:${site}`, url, query },
    );
    return made.secret;
  },
  enable: (id: string, enabled: boolean) =>
    change<unknown>(
      `mutation($id: ID!, $on: Boolean) {
        it: webhookUpdate(id: $id, enabled: $on) { ${ERRORS} }
      }`,
      { id, on: enabled },
    ),
  remove: (id: string) =>
    change<unknown>(`mutation($id: ID!) { it: webhookDelete(id: $id) { ${ERRORS} } }`, { id }),
  async rotate(id: string): Promise<string> {
    const made = await change<{ secret: string }>(
      `mutation($id: ID!) { it: webhookRotateSecret(id: $id) { secret ${ERRORS} } }`,
      { id },
    );
    return made.secret;
  },
  async test(id: string): Promise<Delivery> {
    const done = await change<{ delivery: Delivery }>(
      `mutation($id: ID!) { it: webhookTest(id: $id) { delivery { ${DELIVERY} } ${ERRORS} } }`,
      { id },
    );
    return done.delivery;
  },
  async redeliver(id: string): Promise<Delivery> {
    const done = await change<{ delivery: Delivery }>(
      `mutation($id: ID!) {
        it: webhookRedeliver(deliveryId: $id) { delivery { ${DELIVERY} } ${ERRORS} }
      }`,
      { id },
    );
    return done.delivery;
  },
};
