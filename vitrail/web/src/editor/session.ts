import { createSignal } from "solid-js";
import type * as Y from "yjs";
import { Canvas, isShown } from "../canvas/canvas";
import { t } from "../i18n/words";
import type { Operation } from "../model/commands";
import { execute } from "../model/executor";
import { History, LOCAL } from "../model/history";
import { nodeMap, type PageNode, readNode } from "../model/nodes";
import type { Asset, RenderContext } from "../model/render";
import { localesOf, pagesOf } from "../model/site";
import { Connection } from "../sync/connection";
import { forgetLocalCopies, IndexedDbCopies } from "../sync/local-copy";
import type { SaveState } from "../sync/shared-doc";
import { ApiError, api, type Me } from "../ui/api";

export interface PageInfo {
  readonly id: string;
  readonly title: string;
  readonly locales: readonly string[];
  readonly default_locale: string;
  readonly site: { id: string; slug: string; name: string };
  readonly can: Record<"edit" | "content" | "comment" | "publish" | "share", boolean>;
}

export interface Peer {
  readonly client: number;
  readonly user: { id: string; name: string; color: string };
  readonly cursor: { x: number; y: number } | null;
  readonly selection: readonly string[];
  readonly scroll: number;
}

export const WIDTHS = { desktop: 1440, tablet: 1024, mobile: 390 } as const;
export type Device = keyof typeof WIDTHS;
export const BREAKPOINT = { desktop: "_", tablet: "md", mobile: "sm" } as const;

/** What the editor of one page knows and does; the panels read its signals and call its methods. */
export class Session {
  readonly connection: Connection;
  readonly #page;
  readonly #site;
  readonly #version = createSignal(0);
  readonly #selected = createSignal<readonly string[]>([]);
  readonly #locale;
  readonly #device = createSignal<Device>("desktop");
  readonly #assets = createSignal<readonly Asset[]>([]);
  readonly #peers = createSignal<readonly Peer[]>([]);
  readonly #state = createSignal<SaveState>({ kind: "opening" });
  readonly #notice = createSignal("");
  readonly #ready = createSignal(false);
  readonly #following = createSignal<number | null>(null);
  canvas: Canvas | null = null;
  history: History;
  #frame: HTMLIFrameElement | null = null;

  constructor(
    readonly me: Me,
    readonly info: PageInfo,
  ) {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.connection = new Connection({
      url: `${scheme}://${location.host}/collab/v`,
      copies: new IndexedDbCopies(me.user.id),
    });
    this.#page = this.connection.open(`page:${info.id}`);
    this.#site = this.connection.open(`site:${info.site.id}`);
    this.#locale = createSignal(info.default_locale);
    this.history = this.#newHistory();
    for (const shared of [this.#page, this.#site]) {
      shared.on("state", () => this.#readState());
      shared.on("replace", () => this.#replaced());
      shared.on("synced", () => this.#synced());
    }
    this.#listen();
    this.connection.on("ended", (code) => {
      void forgetLocalCopies().then(() => code !== 4404 && location.assign("/"));
    });
    addEventListener("beforeunload", (event) => {
      if (this.connection.hasUnsaved) event.preventDefault();
    });
    void this.loadAssets();
  }

  get page(): Y.Doc {
    return this.#page.doc;
  }
  get site(): Y.Doc {
    return this.#site.doc;
  }

  // Signals. `changed` makes whoever reads it run again after each change of the documents.
  readonly changed = (): number => this.#version[0]();
  readonly selected = (): readonly string[] => this.#selected[0]();
  readonly locale = (): string => this.#locale[0]();
  readonly device = (): Device => this.#device[0]();
  readonly assets = (): readonly Asset[] => this.#assets[0]();
  readonly peers = (): readonly Peer[] => this.#peers[0]();
  readonly state = (): SaveState => this.#state[0]();
  readonly notice = (): string => this.#notice[0]();
  readonly isReady = (): boolean => this.#ready[0]();
  readonly following = (): number | null => this.#following[0]();

  readonly mayEdit = (): boolean => this.info.can.edit && this.state().kind !== "readonly";
  readonly mayWrite = (): boolean => this.info.can.content && this.state().kind !== "readonly";

  node(id: string): PageNode | null {
    this.changed();
    const node = nodeMap(this.page, id);
    return node ? readNode(id, node) : null;
  }

  context(): RenderContext {
    const locale = this.#locale[0]();
    const pages = pagesOf(this.site).map(({ id, titles, inMenu }) => ({
      id,
      title: titles[locale] ?? Object.values(titles)[0] ?? "",
      path: `/edit/${id}`,
      inMenu,
    }));
    const alternates = Object.fromEntries(localesOf(this.site).map((name) => [name, "#"]));
    const assets = this.#assets[0]();
    return {
      locale,
      pageId: this.info.id,
      pages,
      alternates,
      asset: (id) => assets.find((asset) => asset.id === id) ?? null,
    };
  }

  // ---- the canvas --------------------------------------------------------------------------

  mount(frame: HTMLIFrameElement): void {
    this.#frame = frame;
    this.canvas?.destroy();
    this.canvas = new Canvas(frame, this.page, this.site, () => this.context(), this.#bump);
    frame.contentDocument?.body.setAttribute("data-empty", t("emptyPage"));
    this.#bump();
  }

  readonly #bump = (): void => {
    const canvas = this.canvas;
    if (canvas) {
      const kept = this.#selected[0]().filter((id) => isShown(canvas.tree, id));
      if (kept.length < this.#selected[0]().length) this.select(kept);
    }
    this.#version[1]((count) => count + 1);
  };

  #synced(): void {
    if (this.#page.isSynced && this.#site.isSynced) this.#ready[1](true);
    this.canvas?.repaint();
    this.#bump();
  }

  /** The server refused something: the documents were read anew and are other objects now. */
  #replaced(): void {
    this.history.destroy();
    this.history = this.#newHistory();
    this.#listen();
    if (this.#frame) this.mount(this.#frame);
  }

  #newHistory(): History {
    return new History(this.page, this.site, () => this.#bump(), (run) => this.#undoRun(run));
  }

  async #undoRun(run: string): Promise<string> {
    const body = { ops: [{ op: "undo", run }] };
    const path = `/api/pages/${this.info.id}/commands`;
    return (await api<{ run: string }>("POST", path, body)).run;
  }

  #readState(): void {
    const states = [this.#page.state, this.#site.state];
    const order = ["refused", "denied", "offline", "opening", "saving", "readonly", "saved"];
    states.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
    const first = states[0];
    if (!first) return;
    const count = states.reduce((sum, state) => sum + ("count" in state ? state.count : 0), 0);
    this.#state[1]("count" in first ? { ...first, count } : first);
  }

  #listen(): void {
    const awareness = this.#page.awareness;
    awareness.on("change", () => {
      const peers: Peer[] = [];
      awareness.getStates().forEach((state, client) => {
        const user = state["user"] as Peer["user"] | undefined;
        if (client === this.page.clientID || !user) return;
        peers.push({
          client,
          user,
          cursor: (state["cursor"] as Peer["cursor"]) ?? null,
          selection: (state["selection"] as string[] | undefined) ?? [],
          scroll: Number((state["view"] as { top?: number } | undefined)?.top ?? 0),
        });
      });
      this.#peers[1](peers);
      const followed = peers.find((peer) => peer.client === this.#following[0]());
      if (followed) this.#frame?.contentWindow?.scrollTo({ top: followed.scroll });
    });
    awareness.setLocalState({ selection: [] });
  }

  /** Tell colleagues where one is. */
  present(fields: Record<string, unknown>): void {
    const awareness = this.#page.awareness;
    awareness.setLocalState({ ...awareness.getLocalState(), ...fields });
  }

  follow(client: number | null): void {
    this.#following[1](client === this.#following[0]() ? null : client);
  }

  // ---- what one does -----------------------------------------------------------------------

  select(ids: readonly string[]): void {
    this.#selected[1](ids);
    this.present({ selection: ids });
  }

  setLocale(locale: string): void {
    this.#locale[1](locale);
    this.canvas?.repaint();
  }

  setDevice(device: Device): void {
    this.#device[1](device);
    this.#bump();
  }

  tell(notice: string): void {
    this.#notice[1](notice);
    if (notice) setTimeout(() => this.#notice[1]((now) => (now === notice ? "" : now)), 5000);
  }

  /** Run edit commands as one undoable step; returns what they made. */
  run(...operations: Operation[]): readonly string[] {
    const outcome = this.history.run(() =>
      execute(this.page, this.site, operations, {
        locale: this.locale(),
        selection: this.selected(),
        origin: LOCAL,
      }),
    );
    const problem = outcome.results.find((result) => result.error)?.error;
    if (problem) this.tell(problem.message);
    return outcome.results.flatMap((result) => result.created ?? []);
  }

  insert(block: string, parent?: string, index?: number): void {
    const [first] = this.selected();
    const top = first ? this.#topOf(first) : undefined;
    const at =
      parent !== undefined
        ? placeIn(this, parent, index ?? 0)
        : top
          ? { after: { id: top } }
          : { at: "end" as const };
    const made = this.run({ op: "insert", block, at });
    if (made.length) this.select(made.slice(0, 1));
  }

  move(ids: readonly string[], parent: string, index: number): void {
    for (const [offset, id] of ids.entries()) {
      this.run({ op: "move", target: { id }, at: placeIn(this, parent, index + offset, ids) });
    }
  }

  moveBy(by: number): void {
    const [id] = this.selected();
    if (id) this.run({ op: "move", target: { id }, at: { by } });
  }

  remove(): void {
    const ids = this.selected();
    this.select([]);
    this.history.run(() => {
      for (const id of ids) this.run({ op: "remove", target: { id } });
    });
  }

  duplicate(): void {
    const made = this.selected().flatMap((id) =>
      this.run({ op: "duplicate", target: { id } }),
    );
    if (made.length) this.select(made);
  }

  #topOf(id: string): string {
    let at = id;
    for (;;) {
      const parent = this.canvas?.tree.parents.get(at);
      if (parent === undefined || parent === "root" || parent === "trash") return at;
      at = parent;
    }
  }

  // ---- images ------------------------------------------------------------------------------

  async loadAssets(): Promise<void> {
    this.#assets[1](await api<Asset[]>("GET", `/api/sites/${this.info.site.id}/assets`));
    this.canvas?.repaint();
  }

  async upload(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const form = new FormData();
      form.append("file", file);
      try {
        await api("POST", `/api/sites/${this.info.site.id}/assets`, form);
      } catch (error) {
        this.tell(error instanceof ApiError ? error.message : t("failed"));
      }
    }
    await this.loadAssets();
  }
}

function placeIn(session: Session, parent: string, index: number, moving: readonly string[] = []) {
  const siblings = (session.canvas?.tree.children.get(parent) ?? []).filter(
    (id) => !moving.includes(id),
  );
  const next = siblings[index];
  const last = siblings.at(-1);
  if (next) return { before: { id: next } };
  if (last) return { after: { id: last } };
  return parent === "root" ? { at: "end" as const } : { inside: { id: parent } };
}
