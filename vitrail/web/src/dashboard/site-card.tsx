import { createSignal, type JSX, Show } from "solid-js";
import { api, type SiteSummary } from "../api";
import { ago, t } from "../i18n/i18n";
import { SiteThumbnail } from "../ui/art";
import { Icon } from "../ui/icon";
import { MenuItem, Popover } from "../ui/menu";
import { attempt } from "../ui/toast";
import type { SiteAction } from "./home";

export function SiteCard(props: {
  site: SiteSummary;
  onAction: (kind: SiteAction) => void;
}): JSX.Element {
  const [isOpening, setOpening] = createSignal(false);
  const open = async (): Promise<void> => {
    setOpening(true);
    const pages = await attempt(() => api.pages(props.site.id));
    if (pages?.[0]) location.assign(`/edit/${pages[0].id}`);
    else setOpening(false);
  };
  const isManager = () => ["owner", "admin"].includes(props.site.role);
  return (
    <article class="card" aria-busy={isOpening()}>
      <button
        type="button"
        class="card-open"
        aria-label={t("dash.openSite", { name: props.site.name })}
        onClick={() => void open()}
      >
        <Show
          when={props.site.thumbnail}
          fallback={<SiteThumbnail seed={props.site.id} name={props.site.name} />}
        >
          {(source) => <img class="thumb" src={source()} alt="" loading="lazy" />}
        </Show>
      </button>
      <div class="card-foot">
        <div class="card-text">
          <h2>{props.site.name}</h2>
          <p class="note">
            {t("dash.pages", { n: props.site.pages })} ·{" "}
            {t("dash.edited", { when: ago(props.site.updated_at) })}
          </p>
        </div>
        <Show when={props.site.published_at} fallback={<span class="badge">{t("dash.draft")}</span>}>
          <span class="badge live">{t("dash.live")}</span>
        </Show>
        <Popover
          label={t("action.more")}
          placement="bottom-end"
          trigger={(attributes) => (
            <button
              type="button"
              class="icon-button"
              aria-label={t("action.more")}
              {...attributes}
            >
              <Icon name="ellipsis" />
            </button>
          )}
        >
          {() => (
            <>
              <MenuItem icon="pencil" label={t("action.open")} onChoose={() => void open()} />
              <MenuItem icon="file" label={t("dash.allPages")} onChoose={() => props.onAction("pages")} />
              <MenuItem icon="users" label={t("dash.share")} onChoose={() => props.onAction("share")} />
              <Show when={props.site.url}>
                {(url) => (
                  <MenuItem
                    icon="external-link"
                    label={t("dash.viewLive")}
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
