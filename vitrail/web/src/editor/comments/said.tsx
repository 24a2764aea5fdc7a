import { createSignal, For, type JSX, Show } from "solid-js";
import { ago, moment, t } from "../../i18n/i18n";
import { Avatar } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { MenuItem, Popover } from "../../ui/menu";
import { useEditor } from "../context";
import type { CommentBook } from "./book";
import { Composer } from "./composer";
import { type Comment, pieces } from "./threads";
import { w } from "./words";

/** One comment: who, when, what; its author may change it, and delete it too. */
export function Said(props: { book: CommentBook; comment: Comment }): JSX.Element {
  const { session } = useEditor();
  const [isEdited, setEdited] = createSignal(false);
  const [isSure, setSure] = createSignal(false);
  const author = () => props.comment.author?.name ?? w("nobody");
  const isMine = () => props.comment.author?.id === `user:${session.me.user.id}`;
  const canDelete = () => session.info.can.comment && (isMine() || session.info.can.share);
  return (
    <div class="said">
      <Avatar name={author()} color={props.comment.author?.color ?? ""} />
      <div class="said-head">
        <b>{author()}</b>
        <span class="note" data-tip={moment(props.comment.createdAt)}>
          {ago(props.comment.createdAt)}
          {props.comment.editedAt ? ` · ${w("edited")}` : ""}
        </span>
        <Show when={canDelete() && !props.comment.deletedAt}>
          <Popover
            label={w("moreOf", { name: author() })}
            placement="bottom-end"
            trigger={(attributes) => (
              <button
                type="button"
                class="icon-button small"
                aria-label={w("moreOf", { name: author() })}
                {...attributes}
              >
                <Icon name="ellipsis" small />
              </button>
            )}
          >
            {() => (
              <>
                <Show when={isMine()}>
                  <MenuItem icon="pencil" label={w("change")} onChoose={() => setEdited(true)} />
                </Show>
                <MenuItem
                  danger
                  icon="trash-2"
                  label={t("action.delete")}
                  onChoose={() => setSure(true)}
                />
              </>
            )}
          </Popover>
        </Show>
      </div>
      <Show
        when={!isEdited()}
        fallback={
          <Composer
            label={w("change")}
            submit={t("action.save")}
            text={props.comment.body}
            named={props.comment.mentions}
            people={() => props.book.people()}
            onSend={(body, mentions) => props.book.edit(props.comment.id, body, mentions)}
            onCancel={() => setEdited(false)}
          />
        }
      >
        <p class="said-text">
          <Show when={!props.comment.deletedAt} fallback={<i>{w("gone")}</i>}>
            <For
              each={pieces(
                props.comment.body,
                props.comment.mentions.map(({ name }) => name),
              )}
            >
              {(piece) => (piece.named ? <mark>{piece.text}</mark> : piece.text)}
            </For>
          </Show>
        </p>
      </Show>
      <Show when={isSure()}>
        <div class="sure" role="alert">
          <span>{w("sure")}</span>
          <div class="line">
            <button type="button" class="button small" onClick={() => setSure(false)}>
              {t("action.cancel")}
            </button>
            <button
              type="button"
              class="button small danger"
              onClick={() => {
                setSure(false);
                void props.book.remove(props.comment.id);
              }}
            >
              {t("action.delete")}
            </button>
          </div>
        </div>
      </Show>
    </div>
  );
}
