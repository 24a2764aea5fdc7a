import { type Accessor, batch, createMemo, createSignal, onCleanup, type Setter } from "solid-js";
import type * as Y from "yjs";
import type { Me, PageInfo } from "../api";
import { sentences } from "../i18n/errors";
import { language, t } from "../i18n/i18n";
import type { Operation, Place } from "../model/commands";
import { localeNames, readSite, type Site, sitePages } from "../model/documents";
import type { RenderContext, ShopView } from "../model/elements";
import { execute, type Outcome } from "../model/executor";
import type { Breakpoint } from "../model/primitives";
import { tokensOf } from "../model/site";
import { isInside, ROOT } from "../model/tree";
import { Undo } from "../model/undo";
import type { Loss, SaveState, SharedDoc } from "../sync/shared-doc";
import { notify } from "../ui/toast";
import type { Closure } from "./closure";
import { Library } from "./library";
import { PageStore } from "./page-store";
import { type Peer, watchPeers } from "./peers";
import { neighbour, placeAt, startOf } from "./placement";
import { ServerRuns } from "./server-runs";
import { POINTS, type ViewState } from "./view-state";
import { worst } from "./worst-state";

const ORIGIN = "local";

export interface SessionOptions {
  readonly me: Me;
  readonly info: PageInfo;
  readonly page: SharedDoc;
  readonly site: SharedDoc;
  readonly view: ViewState;
  readonly openPage: (id: string) => void;
  readonly closure: Accessor<Closure | null>;
}

/** All that the parts of the editor share while one page is open. Made inside a reactive root. */
export class Session {
  readonly me: Me;
  readonly info: PageInfo;
  readonly shared: SharedDoc;
  readonly sharedSite: SharedDoc;
  readonly page: Y.Doc;
  readonly site: Y.Doc;
  readonly store: PageStore;
  readonly undo: Undo;
  readonly runs: ServerRuns;
  readonly library: Library;
  readonly view: ViewState;
  readonly openPage: (id: string) => void;
  /** Why the page is not open any more; null while it is. */
  readonly closure: Accessor<Closure | null>;

  readonly selection: Accessor<readonly string[]>;
  readonly hovered: Accessor<string | null>;
  readonly setHovered: Setter<string | null>;
  readonly editing: Accessor<string | null>;
  readonly setEditing: Setter<string | null>;
  readonly locale: Accessor<string>;
  /** What the page shows of the site's shop, once a node wants something of it. */
  readonly shop: Accessor<ShopView | null>;
  readonly setShop: Setter<ShopView | null>;
  readonly save: Accessor<SaveState>;
  readonly siteData: Accessor<Site>;
  readonly renderContext: Accessor<RenderContext>;
  readonly peers: Accessor<readonly Peer[]>;
  readonly people: Accessor<readonly Peer[]>;
  readonly history: Accessor<{ canUndo: boolean; canRedo: boolean }>;
  readonly announced: Accessor<string>;
  readonly setAnnounced: Setter<string>;
  readonly #setSelection: Setter<readonly string[]>;
  readonly #scope: Accessor<string>;
  #last: readonly string[] = [];

  constructor(options: SessionOptions) {
    const { me, info, page, site } = options;
    this.me = me;
    this.info = info;
    this.shared = page;
    this.sharedSite = site;
    this.page = page.doc;
    this.site = site.doc;
    this.view = options.view;
    this.openPage = options.openPage;
    this.closure = options.closure;
    this.store = new PageStore(this.page);
    this.undo = new Undo([this.page, this.site], { origin: ORIGIN });
    this.runs = new ServerRuns(info.id);
    this.library = new Library(info.site.id);

    [this.selection, this.#setSelection] = createSignal<readonly string[]>([]);
    [this.hovered, this.setHovered] = createSignal<string | null>(null);
    [this.editing, this.setEditing] = createSignal<string | null>(null);
    const firstLocale = this.#firstLocale();
    this.locale = () => this.view.locale() || firstLocale;
    [this.shop, this.setShop] = createSignal<ShopView | null>(null);
    [this.announced, this.setAnnounced] = createSignal("");

    const [save, setSave] = createSignal<SaveState>(worst(page.state, site.state));
    this.save = save;
    const [scope, setScope] = createSignal<string>(page.scope);
    this.#scope = scope;
    const onState = () =>
      batch(() => {
        setSave(worst(page.state, site.state));
        setScope(page.scope);
      });
    page.on("state", onState);
    site.on("state", onState);

    const [version, setVersion] = createSignal(0);
    const onSite = () => setVersion((now) => now + 1);
    this.site.on("update", onSite);
    this.siteData = createMemo(() => {
      version();
      return readSite(this.site);
    });

    // Asked for by every element that is drawn: made once for each change of the site.
    this.renderContext = createMemo(() => this.#renderContext());

    const [history, setHistory] = createSignal({ canUndo: false, canRedo: false });
    this.history = history;
    this.undo.onChange = () => {
      this.runs.forget();
      setHistory({ canUndo: this.undo.canUndo, canRedo: this.undo.canRedo });
    };

    const [peers, stopPeers] = watchPeers(page);
    const [people, stopPeople] = watchPeers(site);
    this.peers = peers;
    this.people = people;
    site.awareness.setLocalState({ page: info.id });
    page.awareness.setLocalState({});
    // After the first drawing, which asking would hold up.
    setTimeout(() => void this.library.load());

    onCleanup(() => {
      page.off("state", onState);
      site.off("state", onState);
      this.site.off("update", onSite);
      stopPeers();
      stopPeople();
      this.undo.destroy();
      this.store.destroy();
    });
  }

  #firstLocale(): string {
    const names = localeNames(this.site);
    return names[0] ?? this.info.locales[0] ?? language();
  }

  // ---- what one may do

  get canEdit(): boolean {
    return this.#scope() === "read-write" && this.info.can.edit;
  }

  /** Texts and images: all that the role `editor` may change. */
  get canWrite(): boolean {
    const scope = this.#scope();
    return (scope === "read-write" || scope === "content") && this.info.can.content;
  }

  /** What could not be kept of either document when its history was replaced. */
  loss(): Loss | null {
    const now = this.save();
    return now.kind === "replaced" ? now.loss : null;
  }

  dismissLoss(): void {
    this.shared.dismissLoss();
    this.sharedSite.dismissLoss();
  }

  get point(): Breakpoint {
    return POINTS[this.view.width()];
  }

  // ---- selection

  select(ids: readonly string[]): void {
    const known = ids.filter((id) => this.store.node(id) !== null);
    this.#setSelection(known);
    this.shared.awareness.setLocalStateField("selection", known.slice(0, 50));
    const only = known.length === 1 ? known[0] : undefined;
    if (only) this.setAnnounced(t("canvas.selected", { name: this.store.label(only) }));
  }

  toggle(id: string): void {
    const now = this.selection();
    this.select(now.includes(id) ? now.filter((other) => other !== id) : [...now, id]);
  }

  /** What is selected without what lies in something else that is selected, in page order. */
  tops(): string[] {
    const tree = this.store.tree();
    const chosen = this.selection();
    const tops = chosen.filter(
      (id) => !chosen.some((other) => other !== id && isInside(tree, id, other)),
    );
    const order = this.order();
    return tops.sort((one, other) => order.indexOf(one) - order.indexOf(other));
  }

  /** Every node of the page in reading order. */
  order(): string[] {
    const tree = this.store.tree();
    const found: string[] = [];
    const walk = (parent: string): void => {
      for (const id of tree.children.get(parent) ?? []) {
        found.push(id);
        walk(id);
      }
    };
    walk(ROOT);
    return found;
  }

  isLocked(id: string): boolean {
    const tree = this.store.tree();
    for (let at: string | undefined = id; at && at !== ROOT; at = tree.parents.get(at)) {
      if (this.store.node(at)?.lock) return true;
    }
    return false;
  }

  // ---- edits

  /**
   * Run operations on the documents here and now; the socket carries what changed.
   * `isGesture` joins it to the edit before, as the steps of one drag of a slider are one.
   */
  run(operations: readonly Operation[], isGesture = false): Outcome | null {
    if (!this.canWrite || operations.length === 0) return null;
    if (!isGesture) this.undo.stop();
    const outcome = execute(this.page, this.site, operations, {
      locale: this.locale(),
      selection: this.selection(),
      last: this.#last,
      origin: ORIGIN,
    });
    this.#last = outcome.last;
    const failed = outcome.results.find((result) => result.error);
    const error = failed?.error;
    if (error) notify(() => sentences(error.message, error.hint));
    return outcome;
  }

  update(ids: readonly string[], set: Readonly<Record<string, unknown>>, isGesture = false): void {
    this.run(
      ids.map((id) => ({ op: "update", target: { id }, set, locale: this.locale() })),
      isGesture,
    );
  }

  style(
    ids: readonly string[],
    set: Readonly<Record<string, string | null>>,
    isGesture = false,
  ): void {
    this.run(
      ids.map((id) => ({ op: "style", target: { id }, set, breakpoint: this.point })),
      isGesture,
    );
  }

  remove(): void {
    const tops = this.tops().filter((id) => !this.isLocked(id));
    const first = tops[0];
    if (!first || !this.canEdit) return;
    const name =
      tops.length === 1 ? this.store.label(first) : t("inspect.many", { n: tops.length });
    const next = neighbour(this.store, first, tops);
    this.run(tops.map((id) => ({ op: "remove", target: { id } })));
    this.select(next ? [next] : []);
    notify(t("toast.removed", { name }), { label: t("action.undo"), run: () => this.turn("undo") });
  }

  duplicate(): void {
    const tops = this.tops();
    const outcome = this.run(tops.map((id) => ({ op: "duplicate", target: { id } })));
    this.selectMade(outcome);
  }

  /** Move what is selected by one place among its siblings. */
  shift(by: 1 | -1): void {
    const id = this.tops()[0];
    if (id && !this.isLocked(id)) this.run([{ op: "move", target: { id }, at: { by } }]);
  }

  move(ids: readonly string[], parent: string, index: number): void {
    const tree = this.store.tree();
    const carried = new Set(ids);
    const stays = (tree.children.get(parent) ?? []).filter((id) => !carried.has(id));
    let before = stays[index - 1];
    const operations = ids.map((id): Operation => {
      const at = before ? { after: { id: before } } : startOf(parent);
      before = id;
      return { op: "move", target: { id }, at };
    });
    this.run(operations);
    this.select(ids);
  }

  turn(way: "undo" | "redo"): void {
    if (!this.canWrite) return;
    if (this.runs.turn(way)) return;
    const kept = way === "undo" ? this.undo.undo() : this.undo.redo();
    if (kept && kept.length > 0) notify(t("toast.undoKept"));
    this.select(this.selection().filter((id) => this.order().includes(id)));
  }

  /** A place as an operation says it, from a parent and an index. */
  placeAt(parent: string, index: number): Place {
    return placeAt(this.store, parent, index);
  }

  /** Select what an edit made, and return it. */
  selectMade(outcome: Outcome | null): string[] {
    const made = outcome?.results.flatMap((result) => result.created ?? []) ?? [];
    if (made.length > 0) this.select(made);
    return made;
  }

  // ---- surroundings of the page

  pageTitle(id: string): string {
    const titles = this.siteData().pages.get(id)?.titles ?? {};
    return titles[this.locale()] ?? Object.values(titles)[0] ?? t("pages.untitled");
  }

  pageList(): { id: string; title: string; parent: string | null; inMenu: boolean }[] {
    this.siteData();
    return sitePages(this.site).map(({ id, parent, inNav }) => ({
      id,
      parent,
      inMenu: inNav,
      title: this.pageTitle(id),
    }));
  }

  tokens(): Record<string, string> {
    this.siteData();
    return tokensOf(this.site);
  }

  #renderContext(): RenderContext {
    const assets = new Map(this.library.assets().map((asset) => [asset.id, asset]));
    const shop = this.shop();
    return {
      locale: this.locale(),
      pageId: this.info.id,
      pages: this.pageList().map((page) => ({ ...page, path: `/edit/${page.id}` })),
      alternates: Object.fromEntries(localeNames(this.site).map((name) => [name, "#"])),
      ...(shop && { shop }),
      asset: (id) => assets.get(id) ?? this.library.miss(id),
    };
  }
}
