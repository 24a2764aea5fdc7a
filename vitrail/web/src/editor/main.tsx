import "../ui/theme.css";
import "./editor.css";
import { createResource, createSignal, For, type JSX, lazy, onCleanup, Show } from "solid-js";
import { render } from "solid-js/web";
import { t, type Word } from "../i18n/words";
import { api, whoAmI } from "../ui/api";
import { Icon, type IconName } from "../ui/icon";
import { scheme, switchScheme } from "../ui/scheme";
import { Inspector } from "./inspector";
import { Layers } from "./layers";
import { Palette } from "./palette";
import { Media, Pages, Theme } from "./panels";
import { type PageInfo, Session } from "./session";
import { initials } from "./share";
import { Stage } from "./stage";

const ShareDialog = lazy(() => import("./share").then((m) => ({ default: m.ShareDialog })));
const PublishDialog = lazy(() => import("./share").then((m) => ({ default: m.PublishDialog })));
const Commands = lazy(() => import("./commands").then((m) => ({ default: m.Commands })));

type Panel = "add" | "layers" | "pages" | "theme" | "media";
const PANELS: readonly [Panel, IconName][] = [
  ["add", "plus"],
  ["layers", "layers"],
  ["pages", "file"],
  ["theme", "palette"],
  ["media", "image"],
];

function SaveState(props: { session: Session }): JSX.Element {
  const state = () => props.session.state();
  const words = () => {
    const now = state();
    if (now.kind === "offline" && now.count) return t("notSent", String(now.count));
    if (now.kind === "refused") return `${t("refused")} : ${now.refusal.reason}`;
    if (now.kind === "denied") return `${t("denied")} : ${now.reason}`;
    return t(now.kind);
  };
  return (
    <span class={`save ${state().kind}`} role="status" data-state={state().kind}>
      <i class="save-dot" />
      {words()}
    </span>
  );
}

function TopBar(props: {
  session: Session;
  onShare: () => void;
  onPublish: () => void;
}): JSX.Element {
  const session = props.session;
  return (
    <header class="top">
      <a class="home-link" href="/" aria-label={t("dashboard")}>
        <span class="logo" aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </span>
      </a>
      <div class="crumb">
        <b>{session.info.site.name}</b>
        <span aria-hidden="true">/</span>
        {session.info.title}
      </div>
      <SaveState session={session} />
      <span class="space" />
      <div class="seg wide-only" role="group" aria-label={t("width")}>
        <For each={["desktop", "tablet", "mobile"] as const}>
          {(device) => (
            <button
              type="button"
              title={t(device)}
              aria-label={t(device)}
              aria-pressed={session.device() === device}
              onClick={() => session.setDevice(device)}
            >
              <Icon name={device} size={16} />
            </button>
          )}
        </For>
      </div>
      <div class="seg" role="group" aria-label={t("language")}>
        <For each={session.info.locales}>
          {(locale) => (
            <button
              type="button"
              aria-pressed={session.locale() === locale}
              onClick={() => session.setLocale(locale)}
            >
              {locale.toUpperCase()}
            </button>
          )}
        </For>
      </div>
      <button
        type="button"
        class="ghost wide-only"
        aria-label={t("undo")}
        title={`${t("undo")} (Ctrl+Z)`}
        disabled={(session.changed(), !session.history.canUndo)}
        onClick={() => session.history.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="ghost wide-only"
        aria-label={t("redo")}
        title={`${t("redo")} (Ctrl+Shift+Z)`}
        disabled={(session.changed(), !session.history.canRedo)}
        onClick={() => session.history.redo()}
      >
        <Icon name="redo" />
      </button>
      <span class="space" />
      <div class="avatars">
        <For each={session.peers()}>
          {(peer) => (
            <button
              type="button"
              class="avatar"
              style={{ background: peer.user.color }}
              title={t("follow", peer.user.name)}
              aria-label={t("follow", peer.user.name)}
              aria-pressed={session.following() === peer.client}
              onClick={() => session.follow(peer.client)}
            >
              {initials(peer.user.name)}
            </button>
          )}
        </For>
        <i class="avatar me" style={{ background: session.me.user.color }} title={session.me.user.name}>
          {initials(session.me.user.name)}
        </i>
      </div>
      <button
        type="button"
        class="ghost wide-only"
        aria-label={t(scheme() === "dark" ? "light" : "dark")}
        onClick={switchScheme}
      >
        <Icon name="moon" />
      </button>
      <button type="button" class="btn wide-only" onClick={() => props.onShare()}>
        {t("share")}
      </button>
      <a
        class="btn wide-only"
        href={`/preview/${session.info.id}?locale=${session.locale()}`}
        target="_blank"
        rel="noopener"
      >
        {t("preview")}
      </a>
      <Show when={session.info.can.publish}>
        <button type="button" class="btn primary" onClick={() => props.onPublish()}>
          {t("publish")}
        </button>
      </Show>
    </header>
  );
}

function Editor(props: { session: Session }): JSX.Element {
  const session = props.session;
  const small = matchMedia("(max-width: 760px)").matches;
  const [panel, setPanel] = createSignal<Panel | null>(small ? null : "add");
  const [dialog, setDialog] = createSignal<"share" | "publish" | "commands" | null>(null);
  const [dragged, setDragged] = createSignal<string | null>(null);
  const release = () => setDragged(null);
  addEventListener("pointerup", release);
  const keys = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      setDialog("commands");
    }
  };
  addEventListener("keydown", keys);
  onCleanup(() => {
    removeEventListener("pointerup", release);
    removeEventListener("keydown", keys);
  });
  const word = (name: Panel): Word => name;
  return (
    <div class="editor" classList={{ folded: panel() === null, inspecting: session.selected().length > 0 }}>
      <TopBar session={session} onShare={() => setDialog("share")} onPublish={() => setDialog("publish")} />
      <nav class="rail" aria-label={t("commands")}>
        <For each={PANELS}>
          {([name, icon]) => (
            <button
              type="button"
              class="ghost"
              title={t(word(name))}
              aria-label={t(word(name))}
              aria-pressed={panel() === name}
              onClick={() => setPanel(panel() === name ? null : name)}
            >
              <Icon name={icon} />
            </button>
          )}
        </For>
      </nav>
      <Show when={panel()}>
        <div class="left">
          <Show when={panel() === "add"}>
            <Palette session={session} onDrag={setDragged} />
          </Show>
          <Show when={panel() === "layers"}>
            <Layers session={session} />
          </Show>
          <Show when={panel() === "pages"}>
            <Pages session={session} />
          </Show>
          <Show when={panel() === "theme"}>
            <Theme session={session} />
          </Show>
          <Show when={panel() === "media"}>
            <Media session={session} />
          </Show>
        </div>
      </Show>
      <main class="center">
        <Stage session={session} dragged={dragged} onDropped={release} />
        <Show when={!session.isReady()}>
          <p class="waiting" role="status">
            {t("opening")}
          </p>
        </Show>
        <p class="notice" role="alert">
          {session.notice()}
        </p>
      </main>
      <Inspector session={session} />
      <Show when={dialog() === "share"}>
        <ShareDialog session={session} onClose={() => setDialog(null)} />
      </Show>
      <Show when={dialog() === "publish"}>
        <PublishDialog session={session} onClose={() => setDialog(null)} />
      </Show>
      <Show when={dialog() === "commands"}>
        <Commands
          session={session}
          onClose={() => setDialog(null)}
          onPanel={setPanel}
          onDialog={(name) => queueMicrotask(() => setDialog(name))}
        />
      </Show>
    </div>
  );
}

async function start(): Promise<Session | null> {
  const id = location.pathname.split("/")[2] ?? "";
  const me = await whoAmI();
  if (!me) {
    location.assign("/");
    return null;
  }
  return new Session(me, await api<PageInfo>("GET", `/api/pages/${id}`));
}

function App(): JSX.Element {
  const [session] = createResource(start);
  return (
    <Show
      when={!session.error}
      fallback={
        <div class="empty" role="alert">
          <b>{t("failed")}</b>
          {String((session.error as Error).message)}
          <a class="btn" href="/">
            {t("dashboard")}
          </a>
        </div>
      }
    >
      <Show when={session()}>{(found) => <Editor session={found()} />}</Show>
    </Show>
  );
}

const root = document.getElementById("app");
if (root) render(() => <App />, root);
