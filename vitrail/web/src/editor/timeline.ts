import type { PageVersion, WorkSession } from "../api";
import { w } from "./history-words";

/** One line of the timeline: what somebody did without a pause, or a moment that was kept. */
export interface Line {
  readonly seq: number;
  readonly at: string;
  readonly title: string;
  readonly who: string;
  readonly color: string | null;
  readonly edits: number;
  readonly kind: "session" | PageVersion["kind"];
}

function ofSession(session: WorkSession): Line {
  const { actor } = session;
  const who = actor.name ?? w(actor.kind === "several" ? "several" : "vitrail");
  const { to: seq, ended_at: at, edits } = session;
  return { seq, at, who, title: who, color: actor.color, edits, kind: "session" };
}

function ofVersion(version: PageVersion): Line {
  const { kind, seq, at, actor } = version;
  const title = kind === "named" ? version.label : w(`kind.${kind}`);
  return { seq, at, title, who: actor.name ?? w("vitrail"), color: null, edits: 0, kind };
}

/** Sessions and versions as one list, the latest first; `next` is where older ones begin, if any. */
export function timeline(
  sessions: readonly WorkSession[],
  versions: readonly PageVersion[],
  next: number | null,
): Line[] {
  const oldest = next === null ? 0 : (sessions.at(-1)?.to ?? 0);
  const kept = versions.filter(({ seq }) => seq >= oldest);
  // Of one moment the version comes first: it is what the work before it led to.
  const lines = [...kept.map(ofVersion), ...sessions.map(ofSession)];
  return lines.sort((one, other) => other.seq - one.seq);
}
