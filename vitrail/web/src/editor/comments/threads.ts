/** Comments as the server tells them, and how what is told one by one changes the threads. */

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

export interface Comment {
  readonly id: string;
  readonly threadId: string;
  readonly pageId: string;
  readonly author: Person | null;
  readonly body: string;
  readonly mentions: readonly Person[];
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  /** Of the first comment: the node that it is about, or null for the page as a whole. */
  readonly nodeId: string | null;
  readonly quote: string;
  readonly resolvedAt: string | null;
  readonly resolvedBy: Person | null;
}

export interface Thread extends Comment {
  readonly replies: readonly Comment[];
}

/** The threads, the newest first, with a comment that was written or changed. */
export function withComment(threads: readonly Thread[], comment: Comment): readonly Thread[] {
  if (comment.threadId === comment.id) {
    const isKnown = threads.some(({ id }) => id === comment.id);
    if (!isKnown) return [{ ...comment, replies: [] }, ...threads];
    return threads.map((one) => (one.id === comment.id ? { ...one, ...comment } : one));
  }
  return threads.map((one) =>
    one.id === comment.threadId ? { ...one, replies: put(one.replies, comment) } : one,
  );
}

/** The threads without a comment; a first one that was answered leaves its place. */
export function withoutComment(threads: readonly Thread[], id: string): readonly Thread[] {
  return threads
    .map((one) => {
      if (one.id === id) return { ...one, body: "", mentions: [], deletedAt: one.createdAt };
      const replies = one.replies.filter((reply) => reply.id !== id);
      return replies.length < one.replies.length ? { ...one, replies } : one;
    })
    .filter((one) => one.deletedAt === null || one.replies.length > 0);
}

function put(comments: readonly Comment[], comment: Comment): readonly Comment[] {
  const isKnown = comments.some(({ id }) => id === comment.id);
  return isKnown
    ? comments.map((one) => (one.id === comment.id ? comment : one))
    : [...comments, comment];
}

/** How many comments a thread has, those that were deleted not counted. */
export function size(thread: Thread): number {
  return thread.replies.length + (thread.deletedAt ? 0 : 1);
}

/** A text in pieces; those that name somebody are marked. */
export function pieces(body: string, names: readonly string[]): { text: string; named: boolean }[] {
  const found: { text: string; named: boolean }[] = [];
  const longest = [...names].sort((one, other) => other.length - one.length);
  let plain = "";
  for (let at = 0; at < body.length; ) {
    const name = body[at] === "@" && longest.find((each) => body.startsWith(each, at + 1));
    if (name) {
      if (plain) found.push({ text: plain, named: false });
      plain = "";
      found.push({ text: `@${name}`, named: true });
      at += name.length + 1;
    } else {
      plain += body[at];
      at += 1;
    }
  }
  if (plain) found.push({ text: plain, named: false });
  return found;
}

/** The people of those who were chosen whom a text still names. */
export function named(body: string, chosen: readonly Person[]): Person[] {
  const unique = new Map(chosen.map((person) => [person.id, person]));
  return [...unique.values()].filter(({ name }) => body.includes(`@${name}`));
}

/** What is typed of a name before the caret, or null when none is begun. */
export function typedName(text: string, caret: number): string | null {
  const found = /(?:^|\s)@([^@\n]{0,40})$/.exec(text.slice(0, caret));
  return found?.[1] ?? null;
}
