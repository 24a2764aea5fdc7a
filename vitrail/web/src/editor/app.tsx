import { createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { api, type Me, type PageInfo, readStart } from "../api";
import { setLanguage, t } from "../i18n/i18n";
import { Connection } from "../sync/connection";
import { forgetLocalCopies, IndexedDbCopies } from "../sync/local-copy";
import type { SharedDoc } from "../sync/shared-doc";
import { Logo } from "../ui/button";
import { explain, notifyError, Toasts } from "../ui/toast";
import { type Closure, closureOf, textsOf, titleOf, whyClosed } from "./closure";
import { ViewState } from "./view-state";
import { Workspace } from "./workspace";

/** One page that is open, until another is, or its document had to be read anew. */
interface Opened {
  readonly me: Me;
  readonly info: PageInfo;
  readonly page: SharedDoc;
  readonly site: SharedDoc;
}

/** What every opening needs, at once: who it is, which page, and the socket. */
export class Start {
  readonly id = pageInAddress();
  readonly me: Promise<Me>;
  readonly info: Promise<PageInfo>;
  readonly connection: Connection;

  constructor() {
    const start = readStart();
    this.me = start.me ? Promise.resolve(start.me) : api.me();
    this.info = start.page ? Promise.resolve(start.page) : api.page(this.id);
    // The page in the address lets a load balancer keep its people on one node.
    const url = new URL(`/collab/v?page=${encodeURIComponent(this.id)}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.connection = new Connection({ url: url.href });
    // Whoever waits for these says what went wrong.
    for (const promise of [this.me, this.info]) promise.catch(() => undefined);
  }
}

function pageInAddress(): string {
  return location.pathname.split("/").at(-1) ?? "";
}

export function App(props: { start: Start }): JSX.Element {
  const [opened, setOpened] = createSignal<Opened | null>(null);
  const [closure, setClosure] = createSignal<Closure | null>(null);
  const [isSlow, setSlow] = createSignal(false);
  const view = new ViewState();
  const { start } = props;
  const { connection } = start;
  let me: Me | undefined;
  let stopWatching: (() => void) | undefined;
  let denied: string | null = null;

  const open = async (id: string): Promise<void> => {
    try {
      const isFirst = me === undefined && id === start.id;
      const [who, info] = await Promise.all([start.me, isFirst ? start.info : api.page(id)]);
      me = who;
      connection.copies = new IndexedDbCopies(me.user.id);
      await setLanguage(me.user.language || document.documentElement.lang);
      const page = connection.open(`page:${id}`);
      const site = connection.open(`site:${info.site.id}`);
      await Promise.all([ready(page), ready(site)]);
      const previous = opened();
      const show = () => setOpened({ me: me as Me, info, page, site });
      const look = () => void lookWhy(id, [page, site]);
      stopWatching?.();
      for (const shared of [page, site]) {
        shared.on("replace", show);
        shared.on("state", look);
      }
      stopWatching = () => {
        for (const shared of [page, site]) {
          shared.off("replace", show);
          shared.off("state", look);
        }
      };
      setClosure(null);
      look();
      if ([page, site].every(hasContent)) show();
      else setOpened(null);
      if (previous && previous.page !== page) connection.close(previous.page.name);
      document.title = `${info.title || t("pages.untitled")} · ${info.site.name}`;
    } catch (error) {
      failed(error);
    }
  };

  /** Find out why the server does not give a document, once each time that it does not. */
  const lookWhy = async (id: string, documents: readonly SharedDoc[]): Promise<void> => {
    const said = documents.find(({ denied }) => denied !== null)?.denied ?? null;
    if (said === denied) return;
    denied = said;
    setClosure(said === null ? null : await whyClosed(id, said));
  };

  const failed = (error: unknown): void => {
    const found = closureOf(error);
    const before = opened()?.info.id;
    if (found?.kind === "signedOut") location.assign("/");
    else if (before) {
      // What is open stays open: without the network it may hold all that was not sent.
      history.replaceState(null, "", `/edit/${before}`);
      notifyError(error);
    } else setClosure(found ?? { kind: "other", text: () => explain(error) });
  };

  connection.on("ended", (code) => {
    void connection.forget().then(forgetLocalCopies);
    setClosure({ kind: code === 4401 ? "signedOut" : code === 4403 ? "revoked" : "missing" });
    setOpened(null);
  });

  const goTo = (id: string): void => {
    if (id === opened()?.info.id) return;
    history.pushState(null, "", `/edit/${id}`);
    void open(id);
  };
  const fromAddress = () => void open(pageInAddress());
  const beforeLeaving = (event: BeforeUnloadEvent): void => {
    if (connection.hasUnsaved || connection.hasLost) event.preventDefault();
  };
  onMount(() => {
    fromAddress();
    setTimeout(setSlow, 300, true);
    window.addEventListener("popstate", fromAddress);
    window.addEventListener("beforeunload", beforeLeaving);
  });
  onCleanup(() => connection.destroy());

  return (
    <>
      <Show
        keyed
        when={opened()}
        fallback={(isSlow() || closure()) && <Waiting closure={closure()} />}
      >
        {(now) => <Workspace {...now} view={view} openPage={goTo} closure={closure} />}
      </Show>
      <Toasts />
    </>
  );
}

function Waiting(props: { closure: Closure | null }): JSX.Element {
  return (
    <main class="waiting">
      <Logo />
      <Show when={props.closure} fallback={<span role="status">{t("save.opening")}</span>}>
        {(closure) => (
          <>
            <h1>{titleOf(closure())}</h1>
            <div role="alert">
              <For each={textsOf(closure())}>{(text) => <p>{text}</p>}</For>
            </div>
            <Show when={closure().kind === "apart"}>
              <button type="button" class="button primary" onClick={() => location.reload()}>
                {t("action.retry")}
              </button>
            </Show>
            <a class="button" href="/">
              {t("gone.home")}
            </a>
          </>
        )}
      </Show>
    </main>
  );
}

/** Whether there is something to show: from the server, or from the browser's copy. */
function hasContent(shared: SharedDoc): boolean {
  return shared.isSynced || shared.doc.store.clients.size > 0;
}

/** A document is ready when the server sent or denied it, or at once when the browser had a copy. */
function ready(shared: SharedDoc): Promise<void> {
  const isThere = () => hasContent(shared) || shared.denied !== null;
  if (isThere()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isThere()) return;
      shared.off("synced", look);
      shared.off("state", look);
      resolve();
    };
    shared.on("synced", look);
    shared.on("state", look);
  });
}
