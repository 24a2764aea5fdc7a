import {
  type Accessor,
  createSignal,
  type JSX,
  lazy,
  Match,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
} from "solid-js";
import type { Me, PageInfo } from "../api";
import { t } from "../i18n/i18n";
import type { SharedDoc } from "../sync/shared-doc";
import { IconButton } from "../ui/button";
import { quietly } from "../ui/quietly";
import { actions, windows } from "./actions";
import { CanvasView } from "./canvas-view";
import { handlePaste, writeClipboard } from "./clipboard";
import type { Closure } from "./closure";
import { EditorContext } from "./context";
import { Inspector } from "./inspector";
import { handleKey } from "./keyboard";
import { Layers } from "./layers";
import { LostWords } from "./lost-words";
import { listenForRemoteChanges } from "./remote-changes";
import { Session } from "./session";
import { loadTextEditor, Stage } from "./stage";
import { TopBar } from "./top-bar";
import type { Panel, ViewState } from "./view-state";

const BlocksPanel = lazy(() => import("./blocks-panel").then((m) => ({ default: m.BlocksPanel })));
const PagesPanel = lazy(() => import("./pages-panel").then((m) => ({ default: m.PagesPanel })));
const ThemePanel = lazy(() => import("./theme-panel").then((m) => ({ default: m.ThemePanel })));
const HistoryPanel = lazy(() =>
  import("./history-panel").then((m) => ({ default: m.HistoryPanel })),
);
const MediaPanel = lazy(() => import("./media-panel").then((m) => ({ default: m.MediaPanel })));
const CommentsPanel = lazy(() =>
  import("./comments/comments-panel").then((m) => ({ default: m.CommentsPanel })),
);
const Commands = lazy(() => import("./commands").then((m) => ({ default: m.Commands })));
const Share = lazy(() => import("../ui/share").then((m) => ({ default: m.ShareDialog })));
const Publish = lazy(() => import("./publish").then((m) => ({ default: m.PublishDialog })));

type Window = "share" | "commands" | "publish" | "media";

export interface WorkspaceProps {
  readonly me: Me;
  readonly info: PageInfo;
  readonly page: SharedDoc;
  readonly site: SharedDoc;
  readonly view: ViewState;
  readonly openPage: (id: string) => void;
  /** Why the page is not open any more; null while it is. */
  readonly closure: Accessor<Closure | null>;
}

const RAIL: readonly { id: Panel; icon: string }[] = [
  { id: "add", icon: "plus" },
  { id: "layers", icon: "layers" },
  { id: "pages", icon: "file" },
  { id: "theme", icon: "palette" },
  { id: "media", icon: "image" },
  { id: "comments", icon: "message-circle" },
  { id: "history", icon: "history" },
];

/** Fetch in a quiet moment what is not needed to begin: without the network it must be here. */
function fetchTheRest(): void {
  quietly(() => {
    void Promise.allSettled([
      loadTextEditor(),
      import("./text-toolbar"),
      import("./blocks-panel"),
      import("./style-panel"),
      import("./pages-panel"),
      import("./theme-panel"),
      import("./media-panel"),
      import("./comments/comments-panel"),
      import("./commands"),
    ]);
  });
}

export function Workspace(props: WorkspaceProps): JSX.Element {
  const session = new Session(props);
  const stage = new Stage(session);
  const [open, setOpen] = createSignal<Window | null>(null);
  const [isSheetOpen, setSheetOpen] = createSignal(false);
  windows.open = setOpen;
  // A window tells of its end a moment later, when another may be open already.
  const close = (name: Window) => setOpen((now) => (now === name ? null : now));
  const editor = { session, stage, open: setOpen };
  onMount(() => {
    const keys = (event: KeyboardEvent) => handleKey(stage, event);
    const copy = (event: ClipboardEvent) => writeClipboard(stage, event);
    const paste = (event: ClipboardEvent) => handlePaste(stage, event);
    document.addEventListener("keydown", keys);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    onCleanup(() => {
      document.removeEventListener("keydown", keys);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    });
  });
  // The page first: the panels around it are filled in the task after.
  const [isDrawn, setDrawn] = createSignal(false);
  onMount(() => setTimeout(setDrawn, 0, true));
  listenForRemoteChanges(session);
  onMount(fetchTheRest);
  const choosePanel = (id: Panel): void => {
    setSheetOpen(false);
    session.view.setPanel((now) => (now === id ? null : id));
  };
  const closeOnPhone = (event: MouseEvent): void => {
    // On a phone the sheet covers the page: what was added is what one wants to see next.
    const isChoice = (event.target as Element).closest(".block-card");
    if (isChoice && window.innerWidth < 900) session.view.setPanel(null);
  };
  return (
    <EditorContext.Provider value={editor}>
      <div class="editor" classList={{ "has-panel": session.view.panel() !== null }}>
        <TopBar />
        <nav class="rail" aria-label={t("rail.label")}>
          {RAIL.filter(({ id }) => id !== "history" || props.info.can.history).map(
            ({ id, icon }) => (
              <IconButton
                icon={icon}
                label={t(`rail.${id}`)}
                pressed={session.view.panel() === id}
                onPress={() => choosePanel(id)}
              />
            ),
          )}
          <span class="only-phone">
            <IconButton
              icon="sliders-horizontal"
              label={t("rail.inspector")}
              pressed={isSheetOpen()}
              onPress={() => {
                session.view.setPanel(null);
                setSheetOpen((now) => !now);
              }}
            />
          </span>
          <span class="grow" />
          <IconButton
            icon="command"
            label={t("command.hint")}
            keys={actions().find(({ id }) => id === "commands")?.keys}
            onPress={() => setOpen("commands")}
          />
        </nav>
        <Show when={session.view.panel()}>
          {(panel) => (
            <aside class="panel left" aria-label={t(`rail.${panel()}`)} onClick={closeOnPhone}>
              <header class="panel-head">
                <h2>{t(`rail.${panel()}`)}</h2>
                <IconButton
                  small
                  icon="x"
                  label={t("action.close")}
                  onPress={() => session.view.setPanel(null)}
                />
              </header>
              <Suspense>
                <Switch>
                  <Match when={!isDrawn()}>{null}</Match>
                  <Match when={panel() === "add"}>
                    <BlocksPanel />
                  </Match>
                  <Match when={panel() === "layers"}>
                    <Layers />
                  </Match>
                  <Match when={panel() === "pages"}>
                    <PagesPanel />
                  </Match>
                  <Match when={panel() === "theme"}>
                    <ThemePanel />
                  </Match>
                  <Match when={panel() === "media"}>
                    <MediaPanel />
                  </Match>
                  <Match when={panel() === "comments"}>
                    <CommentsPanel />
                  </Match>
                  <Match when={panel() === "history"}>
                    <HistoryPanel />
                  </Match>
                </Switch>
              </Suspense>
            </aside>
          )}
        </Show>
        <CanvasView />
        <aside
          class="panel right"
          classList={{ open: isSheetOpen() }}
          aria-label={t("rail.inspector")}
        >
          <Show when={isDrawn()}>
            <Inspector />
          </Show>
        </aside>
        <p class="sr-only" aria-live="polite">
          {session.announced()}
        </p>
      </div>
      <Suspense>
        <LostWords />
        <Show when={open() === "commands"}>
          <Commands onClose={() => close("commands")} />
        </Show>
        <Show when={open() === "publish"}>
          <Publish onClose={() => close("publish")} />
        </Show>
        <Show when={open() === "share"}>
          <Share
            site={props.info.site.id}
            name={props.info.site.name}
            me={props.me.user.id}
            canShare={props.info.can.share}
            onClose={() => close("share")}
          />
        </Show>
      </Suspense>
    </EditorContext.Provider>
  );
}
