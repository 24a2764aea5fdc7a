/** What the server tells whoever runs it; see docs/operations.md. */

import { call } from "../api";

export interface NodeReport {
  readonly node: string;
  readonly is_draining: boolean;
  readonly connections: number;
  readonly rooms: number;
  readonly memory_bytes: number;
  readonly cpu_seconds: number;
  readonly backlog: number;
  readonly unacknowledged_seconds: number;
  readonly log_is_up: boolean;
  readonly last_commit_seconds: number | null;
  readonly bus_is_up: boolean;
}

export interface OpenDocument {
  readonly name: string;
  readonly state: "occupied" | "lingering" | "tainted";
  readonly connections: number;
  readonly lagging: number;
  readonly unsaved: number;
  readonly people: readonly string[];
  readonly nodes: readonly string[];
  readonly updates: number;
  readonly tail: number;
  readonly stored_bytes: number;
  readonly edited_at: string | null;
  readonly site: Site | null;
  /** What a page is called, as far as the node that was asked knows. */
  readonly title: string | null;
}

export interface SetApart {
  readonly name: string;
  readonly since: string;
  readonly reason: string;
  /** The name of whoever did it; null when the server did it by itself. */
  readonly by: string | null;
  readonly site: Site | null;
  readonly title: string | null;
}

/** A document, and the updates that ended a process and are kept out of it. */
export interface KeptOut {
  readonly name: string;
  readonly site: Site | null;
  readonly title: string | null;
  readonly updates: readonly {
    readonly id: string;
    readonly at: string | null;
    readonly by: string | null;
  }[];
}

interface Site {
  readonly id: string;
  readonly name: string;
}

export interface Instance {
  readonly version: string;
  readonly nodes: readonly NodeReport[];
  readonly silent_nodes: number;
  readonly open_documents: number;
  readonly documents: readonly OpenDocument[];
  readonly quarantined: readonly SetApart[];
  readonly kept_out: readonly KeptOut[];
}

const at = (name: string) => `/api/instance/documents/${encodeURIComponent(name)}`;

export const instance = {
  read: () => call<Instance>("GET", "/api/instance"),
  close: (name: string) => call<void>("POST", `${at(name)}/close`),
  setApart: (name: string, reason: string) =>
    call<void>("POST", `${at(name)}/quarantine`, { reason }),
  release: (name: string) => call<void>("DELETE", `${at(name)}/quarantine`),
};
