import { ask, change } from "../../graph";
import type { Comment, Person, Thread } from "./threads";

const PERSON = "{ id name color }";
const COMMENT = `id threadId pageId body createdAt editedAt deletedAt nodeId quote resolvedAt
  author ${PERSON} mentions ${PERSON} resolvedBy ${PERSON}`;
// What is asked for counts, not what there is: these two make 500 points of cost.
const THREADS = 20;
const REPLIES = 5;
const MORE = 20;

export const NEWS = `subscription Comments($site: ID!) {
  siteEvents(siteId: $site, only: [COMMENT]) {
    entityId ... on CommentEvent { comment { ${COMMENT} } }
  }
}`;

export interface CommentNews {
  readonly siteEvents: { readonly entityId: string; readonly comment: Comment | null };
}

interface Part<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Told = Omit<Thread, "replies"> & { readonly replies: Part<Comment> };

/** A part of a page's threads, the newest first, each with its replies. */
export async function threadsOf(
  page: string,
  after: string | null,
): Promise<{ threads: Thread[]; next: string | null }> {
  const { page: found } = await ask<{ page: { comments: Part<Told> } | null }>(
    `query($page: ID!, $after: String) {
      page(id: $page) { comments(first: ${THREADS}, after: $after) {
        nodes { ${COMMENT} replies(first: ${REPLIES}) {
          nodes { ${COMMENT} } pageInfo { hasNextPage endCursor }
        } }
        pageInfo { hasNextPage endCursor }
      } }
    }`,
    { page: `page:${page}`, after },
  );
  const threads = await Promise.all((found?.comments.nodes ?? []).map(whole));
  const info = found?.comments.pageInfo;
  return { threads, next: info?.hasNextPage ? info.endCursor : null };
}

/** A thread with all its replies, when it has more than come with a list. */
async function whole({ replies, ...thread }: Told): Promise<Thread> {
  const all = [...replies.nodes];
  let { pageInfo } = replies;
  while (pageInfo.hasNextPage) {
    const { node } = await ask<{ node: { replies: Part<Comment> } | null }>(
      `query($id: ID!, $after: String) {
        node(id: $id) { ... on Comment { replies(first: ${MORE}, after: $after) {
          nodes { ${COMMENT} } pageInfo { hasNextPage endCursor }
        } } }
      }`,
      { id: thread.id, after: pageInfo.endCursor },
    );
    if (!node) break;
    all.push(...node.replies.nodes);
    ({ pageInfo } = node.replies);
  }
  return { ...thread, replies: all };
}

export async function peopleOf(site: string): Promise<Person[]> {
  const { site: found } = await ask<{ site: { members: { user: Person }[] } | null }>(
    `query($site: ID!) { site(id: $site) { members { user ${PERSON} } } }`,
    { site: `site:${site}` },
  );
  return (found?.members ?? []).map(({ user }) => user);
}

interface Said {
  readonly body: string;
  readonly mentions: readonly string[];
}

type Made = Promise<Comment>;
const RESULT = `{ comment { ${COMMENT} } errors { message hint } }`;

async function made(mutation: string, variables: Readonly<Record<string, unknown>>): Made {
  return (await change<{ comment: Comment }>(mutation, variables)).comment;
}

export const add = (page: string, node: string | null, said: Said, key: string): Made =>
  made(
    `mutation($page: ID!, $node: ID, $body: String!, $mentions: [ID!]!, $key: String) {
      it: commentAdd(pageId: $page, nodeId: $node, body: $body, mentions: $mentions,
        clientMutationId: $key) ${RESULT}
    }`,
    { page: `page:${page}`, node, key, ...said },
  );

export const reply = (id: string, said: Said, key: string): Made =>
  made(
    `mutation($id: ID!, $body: String!, $mentions: [ID!]!, $key: String) {
      it: commentReply(id: $id, body: $body, mentions: $mentions, clientMutationId: $key) ${RESULT}
    }`,
    { id, key, ...said },
  );

export const edit = (id: string, said: Said): Made =>
  made(
    `mutation($id: ID!, $body: String!, $mentions: [ID!]!) {
      it: commentChange(id: $id, body: $body, mentions: $mentions) ${RESULT}
    }`,
    { id, ...said },
  );

export const resolve = (id: string, resolved: boolean): Made =>
  made(
    `mutation($id: ID!, $resolved: Boolean!) {
      it: commentResolve(id: $id, resolved: $resolved) ${RESULT}
    }`,
    { id, resolved },
  );

export const remove = (id: string): Promise<unknown> =>
  change("mutation($id: ID!) { it: commentDelete(id: $id) { errors { message hint } } }", { id });
