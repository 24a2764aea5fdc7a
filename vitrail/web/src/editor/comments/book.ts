import { createSignal } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import { feed } from "../../graph-feed";
import { attempt } from "../../ui/toast";
import type { Session } from "../session";
import * as queries from "./queries";
import { type Comment, type Person, type Thread, withComment, withoutComment } from "./threads";
import { w } from "./words";

interface Page {
  threads: readonly Thread[];
  isRead: boolean;
  /** Where older threads begin, if there are any. */
  next: string | null;
}

const books = new WeakMap<Session, CommentBook>();

/** The comments of the page that a session has open. */
export function bookOf(session: Session): CommentBook {
  const known = books.get(session);
  if (known) return known;
  const made = new CommentBook(session);
  books.set(session, made);
  return made;
}

/** The comments of one page, as they are now, whoever writes them. */
export class CommentBook {
  readonly page: Page;
  /** The thread that was asked for last, from its pin or by its author. */
  readonly shown;
  readonly #setShown;
  readonly #setPage;
  readonly #session: Session;
  #people: Promise<Person[]> | null = null;
  #stop: (() => void) | null = null;
  /** What was told while the list was on its way: it may be older. */
  #told: (readonly [string, Comment | null])[] | null = null;

  constructor(session: Session) {
    this.#session = session;
    [this.page, this.#setPage] = createStore<Page>({ threads: [], isRead: false, next: null });
    [this.shown, this.#setShown] = createSignal<string | null>(null);
  }

  open(): void {
    const { info } = this.#session;
    this.#stop = feed.follow({
      query: queries.NEWS,
      variables: { site: `site:${info.site.id}` },
      onBegin: () => void attempt(() => this.#read(null)).then(this.showAddressed),
      onEvent: ({ siteEvents: { entityId, comment } }: queries.CommentNews) => {
        this.#announce(comment);
        this.#told?.push([entityId, comment]);
        this.#take(entityId, comment);
      },
    });
  }

  close(): void {
    this.#stop?.();
  }

  people(): Promise<Person[]> {
    this.#people ??= queries.peopleOf(this.#session.info.site.id);
    return this.#people;
  }

  /** Open the panel at a thread. */
  show(id: string): void {
    this.#setShown(null);
    this.#setShown(id);
    this.#session.view.setPanel("comments");
  }

  readonly more = (): Promise<void> => this.#read(this.page.next);

  async #read(after: string | null): Promise<void> {
    this.#told = [];
    const { threads, next } = await queries.threadsOf(this.#session.info.id, after);
    const missed = this.#told;
    this.#told = null;
    this.#put(after ? [...this.page.threads, ...threads] : threads);
    this.#setPage({ isRead: true, next });
    for (const [id, comment] of missed ?? []) this.#take(id, comment);
  }

  /** Open the panel at the thread that the address names. */
  readonly showAddressed = (): void => {
    const asked = location.hash.slice(1);
    if (this.page.threads.some(({ id }) => id === asked)) this.show(asked);
  };

  #put(threads: readonly Thread[]): void {
    this.#setPage("threads", reconcile(threads as Thread[], { key: "id" }));
  }

  #take(id: string, comment: Comment | null): void {
    if (comment && comment.pageId !== `page:${this.#session.info.id}`) return;
    const { threads } = this.page;
    this.#put(comment ? withComment(threads, comment) : withoutComment(threads, id));
  }

  #announce(comment: Comment | null): void {
    const author = comment?.author;
    const isOfOthers = author && author.id !== `user:${this.#session.me.user.id}`;
    const isHere = comment?.pageId === `page:${this.#session.info.id}`;
    const isNew = comment && !comment.editedAt && !this.#knows(comment.id);
    if (isOfOthers && isHere && isNew)
      this.#session.setAnnounced(w("told", { name: author.name, text: comment.body }));
  }

  #knows(id: string): boolean {
    return this.page.threads.some((one) => one.id === id || one.replies.some((r) => r.id === id));
  }

  /** Do something and show what came of it at once; false when it failed. */
  async #do(work: () => Promise<Comment>): Promise<boolean> {
    const comment = await attempt(work);
    if (comment) this.#take(comment.id, comment);
    return comment !== undefined;
  }

  add(node: string | null, body: string, mentions: readonly Person[], key: string) {
    const said = { body, mentions: mentions.map(({ id }) => id) };
    return this.#do(() => queries.add(this.#session.info.id, node, said, key));
  }

  reply(thread: string, body: string, mentions: readonly Person[], key: string) {
    const said = { body, mentions: mentions.map(({ id }) => id) };
    return this.#do(() => queries.reply(thread, said, key));
  }

  edit(id: string, body: string, mentions: readonly Person[]) {
    return this.#do(() => queries.edit(id, { body, mentions: mentions.map((each) => each.id) }));
  }

  resolve(id: string, resolved: boolean) {
    return this.#do(() => queries.resolve(id, resolved));
  }

  async remove(id: string): Promise<void> {
    await attempt(async () => {
      await queries.remove(id);
      this.#take(id, null);
    });
  }
}
