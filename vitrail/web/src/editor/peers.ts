import { type Accessor, createSignal } from "solid-js";
import type { SharedDoc } from "../sync/shared-doc";
import { safeColor } from "../ui/button";

/** Where a colleague is, as far as what they sent can be believed. */
export interface Peer {
  readonly client: number;
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly page: string | null;
  readonly selection: readonly string[];
  readonly cursor: { readonly x: number; readonly y: number; readonly node: string } | null;
  readonly caret: {
    readonly node: string;
    readonly locale: string;
    readonly anchor: unknown;
    readonly head: unknown;
  } | null;
  readonly view: { readonly y: number; readonly width: number; readonly locale: string } | null;
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null ? (value as Fields) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 200) : "";
}

function finite(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

export function readPeer(client: number, state: Fields): Peer | null {
  const user = fields(state["user"]);
  if (!user) return null;
  const cursor = fields(state["cursor"]);
  const caret = fields(state["caret"]);
  const view = fields(state["view"]);
  const selection = Array.isArray(state["selection"]) ? state["selection"] : [];
  return {
    client,
    id: text(user["id"]),
    name: text(user["name"]) || "?",
    color: safeColor(user["color"]),
    page: text(state["page"]) || null,
    selection: selection.filter((id): id is string => typeof id === "string").slice(0, 50),
    cursor: cursor && {
      x: finite(cursor["x"]),
      y: finite(cursor["y"]),
      node: text(cursor["node"]),
    },
    caret: caret && {
      node: text(caret["node"]),
      locale: text(caret["locale"]),
      anchor: caret["anchor"],
      head: caret["head"],
    },
    view: view && {
      y: finite(view["y"]),
      width: finite(view["width"]),
      locale: text(view["locale"]),
    },
  };
}

/** The colleagues on one document, as a signal. */
export function watchPeers(shared: SharedDoc): [Accessor<readonly Peer[]>, () => void] {
  const [peers, setPeers] = createSignal<readonly Peer[]>([]);
  const { awareness } = shared;
  const read = (): void => {
    const found: Peer[] = [];
    for (const [client, state] of awareness.getStates()) {
      const peer = client === awareness.clientID ? null : readPeer(client, state);
      if (peer) found.push(peer);
    }
    setPeers(found.sort((one, other) => one.client - other.client));
  };
  awareness.on("change", read);
  read();
  return [peers, () => awareness.off("change", read)];
}
