import { type Accessor, createSignal, type Setter } from "solid-js";
import type { Breakpoint } from "../model/primitives";

export type Width = 1440 | 1024 | 390;
export type Panel = "add" | "layers" | "pages" | "theme" | "media" | "history" | "comments";
export type Tab = "content" | "style";

export const POINTS: Readonly<Record<Width, Breakpoint>> = { 1440: "_", 1024: "md", 390: "sm" };

/** How one looks at a site: it outlives the page that is open, so that one can go from page to page. */
export class ViewState {
  readonly width: Accessor<Width>;
  readonly setWidth: Setter<Width>;
  readonly panel: Accessor<Panel | null>;
  readonly setPanel: Setter<Panel | null>;
  readonly tab: Accessor<Tab>;
  readonly setTab: Setter<Tab>;
  /** Language of the content; empty until one is chosen. */
  readonly locale: Accessor<string>;
  readonly setLocale: Setter<string>;
  /** The person whose screen is followed. */
  readonly following: Accessor<string | null>;
  readonly setFollowing: Setter<string | null>;

  constructor() {
    const { innerWidth } = window;
    [this.width, this.setWidth] = createSignal<Width>(innerWidth < 700 ? 390 : 1440);
    [this.panel, this.setPanel] = createSignal<Panel | null>(innerWidth < 1180 ? null : "layers");
    [this.tab, this.setTab] = createSignal<Tab>("content");
    [this.locale, this.setLocale] = createSignal("");
    [this.following, this.setFollowing] = createSignal<string | null>(null);
  }
}
