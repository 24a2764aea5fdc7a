import { createEffect, createSignal, For, type JSX, Show } from "solid-js";
import { Icon } from "../../ui/icon";
import { useEditor } from "../context";
import type { CommentBook } from "./book";
import { Composer } from "./composer";
import { Said } from "./said";
import type { Thread } from "./threads";
import { w } from "./words";

/** A thread: what it is about, what was said, and what one may do with it. */
export function ThreadCard(props: {
  book: CommentBook;
  thread: Thread;
  isOnPage: (node: string) => boolean;
}): JSX.Element {
  const { session, stage } = useEditor();
  const [isAnswering, setAnswering] = createSignal(false);
  let card: HTMLElement | undefined;
  const author = () => props.thread.author?.name ?? w("nobody");
  const isShown = () => props.book.shown() === props.thread.id;
  createEffect(() => {
    if (!isShown() || !card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  });
  const look = (node: string): void => {
    session.select([node]);
    stage.reveal(node);
  };
  const place = (): JSX.Element => {
    const node = props.thread.nodeId;
    if (node === null) return <span class="note">{w("wholePage")}</span>;
    if (props.isOnPage(node))
      return (
        <button type="button" class="place" data-tip={w("show")} onClick={() => look(node)}>
          <Icon name={session.store.icon(node)} small />
          <span>{session.store.label(node)}</span>
        </button>
      );
    return (
      <span class="note">
        {w("removed")}
        <Show when={props.thread.quote}>
          {(quote) => <q aria-label={w("said", { text: quote() })}>{quote()}</q>}
        </Show>
      </span>
    );
  };
  return (
    <article
      ref={card}
      class="thread"
      classList={{ resolved: props.thread.resolvedAt !== null }}
      tabindex="-1"
      aria-label={w("thread", { name: author() })}
      aria-current={isShown() ? "true" : undefined}
    >
      <header>{place()}</header>
      <Said book={props.book} comment={props.thread} />
      <For each={props.thread.replies}>{(reply) => <Said book={props.book} comment={reply} />}</For>
      <Show when={props.thread.resolvedBy}>
        {(person) => <p class="note resolved-by">{w("resolvedBy", { name: person().name })}</p>}
      </Show>
      <Show when={session.info.can.comment}>
        <Show
          when={isAnswering()}
          fallback={
            <footer class="line">
              <button
                type="button"
                class="button small"
                aria-label={w("replyTo", { name: author() })}
                onClick={() => setAnswering(true)}
              >
                {w("reply")}
              </button>
              <Resolve book={props.book} thread={props.thread} author={author()} />
            </footer>
          }
        >
          <Composer
            label={w("answer")}
            submit={w("send")}
            people={() => props.book.people()}
            onSend={(...said) => props.book.reply(props.thread.id, ...said)}
            onCancel={() => setAnswering(false)}
          />
        </Show>
      </Show>
    </article>
  );
}

function Resolve(props: { book: CommentBook; thread: Thread; author: string }): JSX.Element {
  const isResolved = () => props.thread.resolvedAt !== null;
  return (
    <button
      type="button"
      class="button small"
      aria-label={w(isResolved() ? "reopenOf" : "resolveOf", { name: props.author })}
      onClick={() => void props.book.resolve(props.thread.id, !isResolved())}
    >
      <Icon name={isResolved() ? "rotate-ccw" : "check"} small />
      {w(isResolved() ? "reopen" : "resolve")}
    </button>
  );
}
