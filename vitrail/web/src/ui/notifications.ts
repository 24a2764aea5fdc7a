import { createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { ask, change } from "../graph";
import { feed } from "../graph-feed";
import { attempt } from "./toast";

type Kind = "MENTION" | "REPLY" | "COMMENT" | "INVITATION" | "REVIEW" | "PUBLICATION" | "WEBHOOK";

export interface Notification {
  readonly id: string;
  readonly kind: Kind;
  readonly createdAt: string;
  readonly readAt: string | null;
  readonly actor: { readonly name: string; readonly color: string } | null;
  readonly siteName: string;
  readonly page: { readonly id: string; readonly title: string } | null;
  readonly comment: { readonly threadId: string; readonly body: string } | null;
}

interface Told {
  readonly unread: number;
  readonly nodes: readonly Notification[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const FIELDS = `id kind createdAt readAt actor { name color } siteName
  page { id title } comment { threadId body }`;
const LIST = `query($after: String) {
  notifications(first: 20, after: $after) {
    unread nodes { ${FIELDS} } pageInfo { hasNextPage endCursor }
  }
}`;
const NEWS = `subscription Bell { notifications { ${FIELDS} } }`;
const READ = `mutation($ids: [ID!], $all: Boolean!) {
  it: notificationsRead(ids: $ids, all: $all) { unread errors { message hint } }
}`;

/** What one was told, as it is now. */
export class Notifications {
  readonly list: { nodes: readonly Notification[]; unread: number; next: string | null };
  /** What was told last while this is open. */
  readonly newest;
  readonly #setNewest;
  readonly #setList;

  constructor() {
    [this.list, this.#setList] = createStore<Notifications["list"]>({
      nodes: [],
      unread: 0,
      next: null,
    });
    [this.newest, this.#setNewest] = createSignal<Notification | null>(null);
  }

  /** Follow until the function that is returned is called. */
  follow(): () => void {
    return feed.follow({
      query: NEWS,
      variables: {},
      onBegin: () => void this.read(null),
      onEvent: (data: { readonly notifications: Notification }) => {
        this.#setNewest(data.notifications);
        void this.read(null);
      },
    });
  }

  async read(after: string | null): Promise<void> {
    const found = await attempt(() => ask<{ notifications: Told }>(LIST, { after }));
    if (!found) return;
    const { nodes, pageInfo, unread } = found.notifications;
    const next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    this.#setList({ nodes: after ? [...this.list.nodes, ...nodes] : nodes, unread, next });
  }

  /** Mark one as read, or all of them. */
  async mark(id: string | null): Promise<void> {
    const done = await attempt(() =>
      change<{ unread: number }>(READ, { ids: id && [id], all: id === null }),
    );
    if (!done) return;
    const now = new Date().toISOString();
    this.#setList({
      unread: done.unread,
      nodes: this.list.nodes.map((each) =>
        id === null || each.id === id ? { ...each, readAt: each.readAt ?? now } : each,
      ),
    });
  }
}
