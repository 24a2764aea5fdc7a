import { createMemo, For, type JSX, Show } from "solid-js";
import { t } from "../i18n/i18n";
import { AppearanceItems } from "../ui/appearance-items";
import { BellPlace } from "../ui/bell-place";
import { Logo, Segmented } from "../ui/button";
import { Icon } from "../ui/icon";
import { MenuItem, Popover } from "../ui/menu";
import { preview, REDO_KEYS, UNDO_KEYS, windows } from "./actions";
import { useEditor } from "./context";
import { People } from "./people";
import { SaveBadge } from "./save-badge";
import type { Width } from "./view-state";

const WIDTHS: readonly { value: `${Width}`; word: "desktop" | "tablet" | "phone" }[] = [
  { value: "1440", word: "desktop" },
  { value: "1024", word: "tablet" },
  { value: "390", word: "phone" },
];

export function TopBar(): JSX.Element {
  const { session, stage } = useEditor();
  const locales = createMemo(() => session.siteData().locales.map(({ name }) => name));
  const widths = (
    <Segmented
      label={t("top.width")}
      value={String(session.view.width()) as `${Width}`}
      choices={WIDTHS.map(({ value, word }) => ({
        value,
        label: `${t(`width.${word}`)} ${value}`,
        text: value,
      }))}
      onChoose={(value) => session.view.setWidth(Number(value) as Width)}
    />
  );
  return (
    <header class="top">
      <a class="home-link" href="/" aria-label={t("top.home")} data-tip={t("top.home")}>
        <Logo />
      </a>
      <div class="crumb">
        <b>{session.info.site.name}</b>
        <span class="slash" aria-hidden="true">
          /
        </span>
        <Popover
          label={t("top.pages")}
          trigger={(attributes) => (
            <button type="button" class="crumb-page" {...attributes}>
              <span>{session.pageTitle(session.info.id)}</span>
              <Icon name="chevron-down" small />
            </button>
          )}
        >
          {() => (
            <For each={session.pageList()}>
              {(page) => (
                <MenuItem
                  icon="file"
                  label={page.title}
                  checked={page.id === session.info.id}
                  onChoose={() => session.openPage(page.id)}
                />
              )}
            </For>
          )}
        </Popover>
      </div>
      <SaveBadge />
      <span class="grow" />
      <div class="top-middle">
        {widths}
        <Show when={locales().length > 1}>
          <Segmented
            label={t("top.language")}
            value={session.locale()}
            choices={locales().map((name) => ({
              value: name,
              label: name,
              text: name.toUpperCase(),
            }))}
            onChoose={session.view.setLocale}
          />
        </Show>
      </div>
      <span class="grow" />
      <BellPlace />
      <People />
      <div class="top-actions">
        <button type="button" class="button" onClick={() => windows.open("share")}>
          {t("top.share")}
        </button>
        <button type="button" class="button" onClick={() => preview(stage)}>
          {t("top.preview")}
        </button>
        <Show when={session.info.can.publish}>
          <button type="button" class="button primary" onClick={() => windows.open("publish")}>
            {t("top.publish")}
          </button>
        </Show>
      </div>
      <Popover
        label={t("top.more")}
        placement="bottom-end"
        trigger={(attributes) => (
          <button type="button" class="icon-button" aria-label={t("top.more")} {...attributes}>
            <Icon name="ellipsis" />
          </button>
        )}
      >
        {() => (
          <>
            <MenuItem
              icon="undo-2"
              label={t("action.undo")}
              keys={UNDO_KEYS}
              onChoose={() => session.turn("undo")}
            />
            <MenuItem
              icon="redo-2"
              label={t("action.redo")}
              keys={REDO_KEYS}
              onChoose={() => session.turn("redo")}
            />
            <hr />
            <div class="only-phone">
              <MenuItem
                icon="user-plus"
                label={t("top.share")}
                onChoose={() => windows.open("share")}
              />
              <MenuItem icon="play" label={t("top.preview")} onChoose={() => preview(stage)} />
              <hr />
              <For each={WIDTHS}>
                {({ value, word }) => (
                  <MenuItem
                    label={`${t(`width.${word}`)} ${value}`}
                    checked={String(session.view.width()) === value}
                    onChoose={() => session.view.setWidth(Number(value) as Width)}
                  />
                )}
              </For>
              <For each={locales()}>
                {(name) => (
                  <MenuItem
                    label={name.toUpperCase()}
                    checked={session.locale() === name}
                    onChoose={() => session.view.setLocale(name)}
                  />
                )}
              </For>
              <hr />
            </div>
            <AppearanceItems />
          </>
        )}
      </Popover>
    </header>
  );
}
