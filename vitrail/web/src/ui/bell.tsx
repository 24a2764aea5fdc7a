import { For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { ago } from "../i18n/i18n";
import { EmptyWindow } from "./art";
import "./bell.css";
import { w } from "./bell-words";
import { Avatar } from "./button";
import { Icon } from "./icon";
import { Popover } from "./menu";
import { type Notification, Notifications } from "./notifications";

const MOST = 99;

/** What one was told, behind a bell with the number of what is new. */
export function Bell(): JSX.Element {
  const told = new Notifications();
  onMount(() => onCleanup(told.follow()));
  const unread = () => told.list.unread;
  const name = () => (unread() > 0 ? w("unread", { n: unread() }) : w("title"));
  const said = () => {
    const newest = told.newest();
    return newest ? textOf(newest) : "";
  };
  return (
    <>
      <Popover
        label={w("title")}
        role="dialog"
        class="bell-list"
        placement="bottom-end"
        trigger={(attributes) => (
          <button
            type="button"
            class="icon-button bell"
            aria-label={name()}
            data-tip={w("title")}
            {...attributes}
          >
            <Icon name="bell" />
            <Show when={unread() > 0}>
              <b aria-hidden="true">{unread() > MOST ? `${MOST}+` : unread()}</b>
            </Show>
          </button>
        )}
      >
        {(close) => (
          <>
            <header class="line">
              <h2 class="autofocus" tabindex="-1">
                {w("title")}
              </h2>
              <span class="grow" />
              <Show when={unread() > 0}>
                <button type="button" class="button small" onClick={() => void told.mark(null)}>
                  {w("readAll")}
                </button>
              </Show>
            </header>
            <ul>
              <For each={told.list.nodes} fallback={<Empty />}>
                {(each) => (
                  <li>
                    <Item
                      told={each}
                      onRead={() => {
                        if (!each.readAt) void told.mark(each.id);
                      }}
                      onGo={close}
                    />
                  </li>
                )}
              </For>
            </ul>
            <Show when={told.list.next}>
              {(next) => (
                <button type="button" class="button small" onClick={() => void told.read(next())}>
                  {w("older")}
                </button>
              )}
            </Show>
          </>
        )}
      </Popover>
      <p class="sr-only" role="status">
        {said()}
      </p>
    </>
  );
}

function Empty(): JSX.Element {
  return (
    <li class="empty">
      <EmptyWindow />
      <strong>{w("empty")}</strong>
      <span>{w("emptyText")}</span>
    </li>
  );
}

function Item(props: { told: Notification; onRead: () => void; onGo: () => void }): JSX.Element {
  const content = (
    <>
      <Avatar name={props.told.actor?.name ?? "V"} color={props.told.actor?.color ?? ""} />
      <span class="told">
        <span>
          <Show when={!props.told.readAt}>
            <span class="sr-only">{w("isNew")} </span>
          </Show>
          {textOf(props.told)}
        </span>
        <Show when={props.told.comment}>
          {(comment) => <span class="note excerpt">{comment().body}</span>}
        </Show>
        <span class="note">
          {ago(props.told.createdAt)} · {props.told.siteName}
        </span>
      </span>
      <Show when={!props.told.readAt}>
        <i class="dot" aria-hidden="true" />
      </Show>
    </>
  );
  const target = addressOf(props.told);
  const isHere = target?.split("#")[0] === location.pathname;
  const go = (event: MouseEvent): void => {
    props.onRead();
    if (!isHere || !target) return;
    // On this very page the thread is shown again, also when the address has it already.
    event.preventDefault();
    props.onGo();
    history.replaceState(null, "", target);
    window.dispatchEvent(new Event("hashchange"));
  };
  return target ? (
    <a href={target} onClick={go}>
      {content}
    </a>
  ) : (
    <button type="button" onClick={() => props.onRead()}>
      {content}
    </button>
  );
}

function addressOf({ page, comment }: Notification): string | null {
  return page && comment ? `/edit/${page.id.replace("page:", "")}#${comment.threadId}` : null;
}

function textOf(told: Notification): string {
  return w(told.kind, {
    who: told.actor?.name ?? w("nobody"),
    where: told.page?.title ?? told.siteName,
    site: told.siteName,
  });
}
