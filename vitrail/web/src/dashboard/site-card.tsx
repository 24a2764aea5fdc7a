import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { SiteSummary } from "../api";
import { ago, t } from "../i18n/i18n";
import { Icon } from "../ui/icon";
import { MenuItem, Popover } from "../ui/menu";
import { SiteThumbnail } from "../ui/site-thumbnail";
import type { SiteAction } from "./home";
import { w } from "./words";

const PAGE_WIDTH = 1280;

/** Show a whole page in a card, however wide the card is. */
function fitToCard(frame: HTMLIFrameElement): void {
  queueMicrotask(() => {
    const card = frame.parentElement;
    if (!card) return;
    const fit = new ResizeObserver(() => {
      frame.style.scale = String(card.clientWidth / PAGE_WIDTH);
    });
    fit.observe(card);
  });
}

/** A whole page in each of hundreds of cards would hold the browser for seconds. */
function whenNear(card: HTMLElement, call: () => void): void {
  const looking = new IntersectionObserver(
    (seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      looking.disconnect();
      call();
    },
    { rootMargin: "200px" },
  );
  looking.observe(card);
  onCleanup(() => looking.disconnect());
}

export function SiteCard(props: {
  site: SiteSummary;
  onAction: (kind: SiteAction) => void;
}): JSX.Element {
  const [isNear, setNear] = createSignal(false);
  const address = () => `/sites/${props.site.id}`;
  const isManager = () => ["owner", "admin"].includes(props.site.role);
  const readsMessages = () => isManager() || props.site.role === "designer";
  return (
    <article class="card" ref={(card) => whenNear(card, () => setNear(true))}>
      <a class="card-open" href={address()} tabindex="-1" aria-hidden="true">
        <SiteThumbnail seed={props.site.id} name={props.site.name} />
        <Show when={isNear()}>
          <iframe
            class="card-page"
            title={props.site.name}
            src={`/sites/${props.site.id}/preview`}
            tabindex="-1"
            sandbox=""
            onLoad={(event) => event.currentTarget.classList.add("shown")}
            ref={fitToCard}
          />
        </Show>
      </a>
      <div class="card-foot">
        <div class="card-text">
          <h2>
            <a href={address()}>{props.site.name}</a>
          </h2>
          <p class="note">
            {w("pages", { n: props.site.pages })} ·{" "}
            {w("edited", { when: ago(props.site.updated_at) })}
          </p>
        </div>
        <Show when={props.site.published_at} fallback={<span class="badge">{w("draft")}</span>}>
          <span class="badge live">{w("live")}</span>
        </Show>
        <Popover
          label={t("action.more")}
          placement="bottom-end"
          trigger={(attributes) => (
            <button
              type="button"
              class="icon-button"
              aria-label={`${t("action.more")}, ${props.site.name}`}
              {...attributes}
            >
              <Icon name="ellipsis" />
            </button>
          )}
        >
          {() => (
            <>
              <MenuItem
                icon="pencil"
                label={t("action.open")}
                onChoose={() => location.assign(address())}
              />
              <MenuItem
                icon="file"
                label={w("allPages")}
                onChoose={() => props.onAction("pages")}
              />
              <MenuItem icon="users" label={w("share")} onChoose={() => props.onAction("share")} />
              <Show when={readsMessages()}>
                <MenuItem
                  icon="inbox"
                  label={w("messagesTitle")}
                  onChoose={() => props.onAction("messages")}
                />
              </Show>
              <Show when={isManager()}>
                <MenuItem
                  icon="link"
                  label={w("webhooks")}
                  onChoose={() => props.onAction("webhooks")}
                />
              </Show>
              <Show when={props.site.url}>
                {(url) => (
                  <MenuItem
                    icon="external-link"
                    label={w("viewLive")}
                    onChoose={() => window.open(url(), "_blank", "noopener")}
                  />
                )}
              </Show>
              <Show when={isManager()}>
                <hr />
                <MenuItem
                  icon="text-cursor-input"
                  label={t("action.rename")}
                  onChoose={() => props.onAction("rename")}
                />
                <MenuItem
                  icon="trash-2"
                  danger
                  label={t("action.delete")}
                  onChoose={() => props.onAction("remove")}
                />
              </Show>
            </>
          )}
        </Popover>
      </div>
    </article>
  );
}
