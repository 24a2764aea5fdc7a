import { createResource, createSignal, For, type JSX, lazy, Show, Suspense } from "solid-js";
import { api, type Me, type SiteSummary } from "../api";
import { language, setLanguage, t } from "../i18n/i18n";
import { AppearanceItems } from "../ui/appearance-items";
import { EmptyWindow } from "../ui/art";
import { BellPlace } from "../ui/bell-place";
import { Avatar, Brand } from "../ui/button";
import { Icon } from "../ui/icon";
import { MenuItem, Popover } from "../ui/menu";
import { SearchField } from "../ui/search-field";
import { stable } from "../ui/stable";
import { attempt, explain } from "../ui/toast";
import { SiteCard } from "./site-card";
import { w } from "./words";

const NewSite = lazy(() => import("./new-site").then((m) => ({ default: m.NewSite })));
const Tokens = lazy(() => import("./tokens").then((m) => ({ default: m.Tokens })));
const Account = lazy(() => import("./account").then((m) => ({ default: m.Account })));
const Messages = lazy(() => import("./messages").then((m) => ({ default: m.Messages })));
const Webhooks = lazy(() => import("./webhooks").then((m) => ({ default: m.Webhooks })));
const Rename = lazy(() => import("./site-dialogs").then((m) => ({ default: m.RenameSite })));
const Remove = lazy(() => import("./site-dialogs").then((m) => ({ default: m.RemoveSite })));
const PagesList = lazy(() => import("./site-dialogs").then((m) => ({ default: m.PagesList })));
const Share = lazy(() => import("../ui/share").then((m) => ({ default: m.ShareDialog })));

export type SiteAction = "rename" | "remove" | "pages" | "share" | "messages" | "webhooks";
type Open = { kind: "new" | "tokens" | "account" } | { kind: SiteAction; site: SiteSummary } | null;

export function Home(props: { me: Me; onMe: () => void }): JSX.Element {
  const [sites, { refetch }] = createResource(api.sites);
  const [search, setSearch] = createSignal("");
  const [open, setOpen] = createSignal<Open>(null);
  const close = () => setOpen(null);
  const changed = () => {
    setOpen(null);
    void refetch();
  };
  const found = stable(() => {
    const wanted = search().trim().toLowerCase();
    return (sites.error ? [] : (sites() ?? [])).filter((s) =>
      s.name.toLowerCase().includes(wanted),
    );
  });
  const siteOf = (kind: SiteAction) => {
    const now = open();
    return now && "site" in now && now.kind === kind ? now.site : null;
  };
  return (
    <div class="home">
      <header class="home-top">
        <Brand />
        <span class="grow" />
        <BellPlace />
        <AccountMenu
          me={props.me}
          onAccount={() => setOpen({ kind: "account" })}
          onTokens={() => setOpen({ kind: "tokens" })}
        />
      </header>
      <main>
        <div class="home-head">
          <h1>{w("sites")}</h1>
          <span class="grow" />
          <Show when={(sites.error ? 0 : (sites()?.length ?? 0)) > 3}>
            <SearchField label={w("search")} value={search()} onInput={setSearch} />
          </Show>
          <button type="button" class="button primary" onClick={() => setOpen({ kind: "new" })}>
            <Icon name="plus" small />
            {w("newSite")}
          </button>
        </div>
        <Show when={sites.error}>
          <div class="empty">
            <strong>{explain(sites.error)}</strong>
            <button type="button" class="button" onClick={() => void refetch()}>
              {t("action.retry")}
            </button>
          </div>
        </Show>
        <Show when={!sites.error && sites()?.length === 0}>
          <div class="empty tall">
            <EmptyWindow />
            <strong>{w("empty")}</strong>
            <span>{w("emptyText")}</span>
            <button type="button" class="button primary" onClick={() => setOpen({ kind: "new" })}>
              {w("newSite")}
            </button>
          </div>
        </Show>
        <ul class="cards">
          <For each={found()}>
            {(site) => (
              <li>
                <SiteCard site={site} onAction={(kind) => setOpen({ kind, site })} />
              </li>
            )}
          </For>
        </ul>
        <Show when={search() && found().length === 0}>
          <p class="empty">{w("noMatch")}</p>
        </Show>
      </main>
      <Suspense>
        <Show when={open()?.kind === "new"}>
          <NewSite onClose={close} />
        </Show>
        <Show when={open()?.kind === "account"}>
          <Account me={props.me} onClose={close} onDone={props.onMe} />
        </Show>
        <Show when={open()?.kind === "tokens"}>
          <Tokens onClose={close} />
        </Show>
        <Show when={siteOf("rename")}>
          {(site) => <Rename site={site()} onClose={close} onDone={changed} />}
        </Show>
        <Show when={siteOf("remove")}>
          {(site) => <Remove site={site()} onClose={close} onDone={changed} />}
        </Show>
        <Show when={siteOf("pages")}>{(site) => <PagesList site={site()} onClose={close} />}</Show>
        <Show when={siteOf("messages")}>
          {(site) => <Messages site={site()} onClose={close} />}
        </Show>
        <Show when={siteOf("webhooks")}>
          {(site) => <Webhooks site={site()} onClose={close} />}
        </Show>
        <Show when={siteOf("share")}>
          {(site) => (
            <Share
              site={site().id}
              name={site().name}
              me={props.me.user.id}
              canShare={["owner", "admin"].includes(site().role)}
              onClose={close}
            />
          )}
        </Show>
      </Suspense>
    </div>
  );
}

function AccountMenu(props: { me: Me; onAccount: () => void; onTokens: () => void }): JSX.Element {
  const changeLanguage = async (next: "fr" | "en"): Promise<void> => {
    // Saved first: whoever goes on at once finds the next page in it, too.
    await attempt(async () => {
      await api.changeMe({ language: next });
      await setLanguage(next);
    });
  };
  const signOut = async (): Promise<void> => {
    await attempt(async () => {
      await api.signOut();
      const { forgetLocalCopies } = await import("../sync/local-copy");
      await forgetLocalCopies();
      location.assign("/");
    });
  };
  return (
    <Popover
      label={w("account")}
      placement="bottom-end"
      trigger={(attributes) => (
        <button type="button" class="account" {...attributes}>
          <Avatar name={props.me.user.name} color={props.me.user.color} />
          <span>{props.me.user.name}</span>
          <span class="sr-only">{w("account")}</span>
          <Icon name="chevron-down" small />
        </button>
      )}
    >
      {() => (
        <>
          <p class="menu-note">{props.me.user.email}</p>
          <MenuItem icon="pencil" label={w("accountTitle")} onChoose={props.onAccount} />
          <MenuItem icon="key-round" label={w("tokensTitle")} onChoose={props.onTokens} />
          <Show when={props.me.runs_server}>
            <MenuItem
              icon="monitor"
              label={w("server")}
              onChoose={() => location.assign("/admin")}
            />
          </Show>
          <hr />
          <p class="menu-note">{w("language")}</p>
          <MenuItem
            label="Français"
            checked={language() === "fr"}
            onChoose={() => void changeLanguage("fr")}
          />
          <MenuItem
            label="English"
            checked={language() === "en"}
            onChoose={() => void changeLanguage("en")}
          />
          <hr />
          <AppearanceItems />
          <hr />
          <MenuItem icon="log-out" label={w("signOut")} onChoose={() => void signOut()} />
        </>
      )}
    </Popover>
  );
}
