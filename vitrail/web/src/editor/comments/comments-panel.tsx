import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { EmptyWindow } from "../../ui/art";
import { Segmented } from "../../ui/button";
import { attempt } from "../../ui/toast";
import { useEditor } from "../context";
import { bookOf, type CommentBook } from "./book";
import { Composer } from "./composer";
import "./comments.css";
import { ThreadCard } from "./thread-card";
import { w } from "./words";

/** What people say about the page: threads that are open or resolved, and a field for a new one. */
export function CommentsPanel(): JSX.Element {
  const { session, stage } = useEditor();
  const book = bookOf(session);
  const [which, setWhich] = createSignal<"open" | "resolved">("open");
  const onPage = createMemo(() => new Set(session.order()));
  const shown = createMemo(() => {
    const asked = book.page.threads.find(({ id }) => id === book.shown());
    return asked ? (asked.resolvedAt ? "resolved" : "open") : null;
  });
  // A thread that was asked for is shown, whichever list it is in.
  const list = createMemo(() => shown() ?? which());
  const threads = createMemo(() =>
    book.page.threads.filter((one) => (one.resolvedAt !== null) === (list() === "resolved")),
  );
  // A word even for the page as a whole, so that each target has a field of its own.
  const target = () => stage.commenting() !== null && `node ${stage.commenting()}`;
  return (
    <>
      <div class="panel-tools">
        <div class="line">
          <Segmented
            label={w("which")}
            value={list()}
            choices={[
              { value: "open", label: w("open") },
              { value: "resolved", label: w("resolved") },
            ]}
            onChoose={(value) => {
              book.show("");
              setWhich(value);
            }}
          />
          <span class="grow" />
          <Show when={session.info.can.comment}>
            <button
              type="button"
              class="button small primary"
              data-keys="C"
              data-tip={w("begin")}
              onClick={() => stage.comment()}
            >
              {w("begin")}
            </button>
          </Show>
        </div>
        <Show keyed when={target()}>
          <NewThread book={book} node={stage.commenting() || null} />
        </Show>
      </div>
      <div class="panel-scroll">
        <ol class="threads">
          <For each={threads()} fallback={<Empty isRead={book.page.isRead} list={list()} />}>
            {(thread) => (
              <li>
                <ThreadCard book={book} thread={thread} isOnPage={(id) => onPage().has(id)} />
              </li>
            )}
          </For>
        </ol>
        <Show when={book.page.next}>
          <button
            type="button"
            class="button small older"
            onClick={() => void attempt(() => book.more())}
          >
            {w("older")}
          </button>
        </Show>
      </div>
    </>
  );
}

function NewThread(props: { book: CommentBook; node: string | null }): JSX.Element {
  const { session, stage } = useEditor();
  const { node } = props;
  const about = () => w("about", { name: node ? session.store.label(node) : w("page") });
  return (
    <section class="thread new" aria-label={about()}>
      <header class="note">{about()}</header>
      <Composer
        label={w("write")}
        submit={w("send")}
        people={() => props.book.people()}
        onSend={(...said) => props.book.add(node, ...said)}
        onCancel={() => stage.setCommenting((now) => (now === (node ?? "") ? null : now))}
      />
    </section>
  );
}

function Empty(props: { isRead: boolean; list: "open" | "resolved" }): JSX.Element {
  const { session } = useEditor();
  return (
    <li class="empty">
      <Show when={props.isRead} fallback={<span role="status">{w("loading")}</span>}>
        <EmptyWindow />
        <strong>{w(props.list === "open" ? "empty" : "noneResolved")}</strong>
        <Show when={props.list === "open"}>
          <span>{w(session.info.can.comment ? "emptyText" : "emptyRead")}</span>
        </Show>
      </Show>
    </li>
  );
}
