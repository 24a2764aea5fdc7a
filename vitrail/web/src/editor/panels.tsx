import { createSignal, For, type JSX, Show } from "solid-js";
import { local, t } from "../i18n/words";
import { pagesOf, THEMES, themeOf, tokensOf } from "../model/site";
import { ApiError, api } from "../ui/api";
import { Icon } from "../ui/icon";
import type { Session } from "./session";

export function Pages(props: { session: Session }): JSX.Element {
  const session = props.session;
  const pages = () => (session.changed(), pagesOf(session.site));
  const title = (titles: Readonly<Record<string, string>>) =>
    titles[session.locale()] ?? Object.values(titles)[0] ?? "";
  const add = async () => {
    const name = prompt(t("pageTitle"));
    if (!name) return;
    const path = `/api/sites/${session.info.site.id}/pages`;
    const page = await api<{ id: string }>("POST", path, { title: name });
    location.assign(`/edit/${page.id}`);
  };
  const remove = async (id: string, name: string) => {
    if (!confirm(t("removePageSure", name))) return;
    try {
      await api("DELETE", `/api/pages/${id}`);
      if (id === session.info.id) location.assign("/");
    } catch (error) {
      session.tell(error instanceof ApiError ? error.message : t("failed"));
    }
  };
  const rename = (id: string, name: string) => {
    const next = prompt(t("pageTitle"), name);
    if (next) session.run({ op: "rename_page", page: id, title: next, locale: session.locale() });
  };
  return (
    <section class="panel">
      <h2>
        {t("pages")}
        <Show when={session.mayEdit()}>
          <button type="button" class="ghost" aria-label={t("newPage")} onClick={add}>
            <Icon name="plus" />
          </button>
        </Show>
      </h2>
      <ul class="list">
        <For each={pages()}>
          {(page) => (
            <li classList={{ here: page.id === session.info.id }}>
              <a href={`/edit/${page.id}`} aria-current={page.id === session.info.id ? "page" : undefined}>
                <Icon name="file" size={14} />
                {title(page.titles)}
              </a>
              <Show when={session.mayEdit()}>
                <button type="button" class="link" onClick={() => rename(page.id, title(page.titles))}>
                  {t("rename")}
                </button>
                <button
                  type="button"
                  class="row-action"
                  aria-label={`${t("remove")} ${title(page.titles)}`}
                  onClick={() => remove(page.id, title(page.titles))}
                >
                  <Icon name="trash" size={14} />
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

export function Theme(props: { session: Session }): JSX.Element {
  const session = props.session;
  const tokens = () => (session.changed(), tokensOf(session.site));
  return (
    <section class="panel">
      <h2>{t("theme")}</h2>
      <div class="themes">
        <For each={Object.entries(THEMES)}>
          {([id, theme]) => (
            <button
              type="button"
              class="theme"
              aria-pressed={(session.changed(), themeOf(session.site) === id)}
              disabled={!session.mayEdit()}
              style={{
                background: theme.tokens["color.background"],
                color: theme.tokens["color.text"],
                "font-family": theme.tokens["font.heading"],
              }}
              onClick={() => session.run({ op: "theme", set: { theme: id } })}
            >
              <b>Aa</b>
              <span>{local(theme.label)}</span>
              <i style={{ background: theme.tokens["color.primary"] }} />
            </button>
          )}
        </For>
      </div>
      <label class="field">
        <span>{t("primary")}</span>
        <input
          type="color"
          class="input"
          value={tokens()["color.primary"]}
          disabled={!session.mayEdit()}
          onChange={(event) =>
            session.run({ op: "theme", set: { "color.primary": event.target.value } })
          }
        />
      </label>
    </section>
  );
}

export function Media(props: { session: Session }): JSX.Element {
  const session = props.session;
  const [isBusy, setBusy] = createSignal(false);
  const send = async (files: Iterable<File>) => {
    setBusy(true);
    await session.upload(files);
    setBusy(false);
  };
  return (
    <section
      class="panel"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (event.dataTransfer) void send(event.dataTransfer.files);
      }}
    >
      <h2>{t("media")}</h2>
      <Show when={session.mayWrite()}>
        <label class="btn">
          <Icon name="plus" size={16} />
          {t(isBusy() ? "uploading" : "upload")}
          <input
            class="visually-hidden"
            type="file"
            accept="image/*"
            multiple
            onChange={(event) => event.target.files && void send([...event.target.files])}
          />
        </label>
      </Show>
      <Show
        when={session.assets().length}
        fallback={
          <div class="empty">
            <b>{t("noMedia")}</b>
            {t("noMediaText")}
          </div>
        }
      >
        <div class="media scroll">
          <For each={session.assets()}>
            {(asset) => (
              <figure>
                <img src={asset.thumb} alt={asset.alt[session.locale()] ?? ""} loading="lazy" />
                <figcaption>{asset.name}</figcaption>
              </figure>
            )}
          </For>
        </div>
      </Show>
    </section>
  );
}
