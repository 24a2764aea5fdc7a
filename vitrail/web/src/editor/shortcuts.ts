import { toFragment } from "./clipboard";
import type { Session } from "./session";

const MIME = "web application/vnd.vitrail+json";

/** What the keyboard does to the page; typing in a field is left alone. */
export function shortcut(
  session: Session,
  event: KeyboardEvent,
  editText: (id: string) => void,
): void {
  const target = event.target as HTMLElement | null;
  if (target?.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const isMod = event.ctrlKey || event.metaKey;
  const act = ACTIONS[`${isMod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}`];
  const inTree = target?.closest?.("[role=tree]");
  if (!act || (inTree && event.key.startsWith("Arrow") && !event.altKey)) return;
  event.preventDefault();
  act(session, editText);
}

type Act = (session: Session, editText: (id: string) => void) => void;

const ACTIONS: Readonly<Record<string, Act>> = {
  "mod+z": (session) => session.history.undo(),
  "mod+shift+z": (session) => session.history.redo(),
  "mod+y": (session) => session.history.redo(),
  "mod+d": (session) => session.mayEdit() && session.duplicate(),
  "mod+c": (session) => void copy(session),
  "mod+x": (session) => {
    if (session.mayEdit()) void copy(session).then(() => session.remove());
  },
  "mod+v": (session) => {
    if (session.mayEdit()) void paste(session);
  },
  delete: (session) => session.mayEdit() && session.remove(),
  backspace: (session) => session.mayEdit() && session.remove(),
  "alt+arrowup": (session) => session.mayEdit() && session.moveBy(-1),
  "alt+arrowdown": (session) => session.mayEdit() && session.moveBy(1),
  "alt+arrowleft": (session) => session.mayEdit() && session.moveBy(-1),
  "alt+arrowright": (session) => session.mayEdit() && session.moveBy(1),
  arrowdown: (session) => sibling(session, 1),
  arrowup: (session) => sibling(session, -1),
  arrowleft: (session) => parent(session),
  arrowright: (session) => child(session),
  escape: (session) => parent(session),
  enter: (session, editText) => {
    const [id] = session.selected();
    if (id) editText(id);
  },
};

function sibling(session: Session, by: number): void {
  const tree = session.canvas?.tree;
  const [id] = session.selected();
  const siblings = tree?.children.get(id ? (tree.parents.get(id) ?? "root") : "root") ?? [];
  const next = siblings[id ? siblings.indexOf(id) + by : 0];
  if (next) session.select([next]);
}

function parent(session: Session): void {
  const [id] = session.selected();
  const above = id ? session.canvas?.tree.parents.get(id) : undefined;
  session.select(above && above !== "root" && above !== "trash" ? [above] : []);
}

function child(session: Session): void {
  const [id] = session.selected();
  const first = session.canvas?.tree.children.get(id ?? "root")?.[0];
  if (first) session.select([first]);
}

// The system clipboard where the browser lets us, and always one of our own for other pages.
async function copy(session: Session): Promise<void> {
  const nodes = session.selected().map((id) => toFragment(session, id));
  const json = JSON.stringify({ vitrail: 1, nodes });
  localStorage.setItem(MIME, json);
  await navigator.clipboard?.writeText(json).catch(() => undefined);
}

async function paste(session: Session): Promise<void> {
  const shared = await navigator.clipboard?.readText().catch(() => "");
  const json = shared?.startsWith('{"vitrail"') ? shared : localStorage.getItem(MIME);
  if (!json) return;
  const { nodes } = JSON.parse(json) as { nodes: never[] };
  const [id] = session.selected();
  const at = id ? { after: { id } } : { at: "end" as const };
  const made = session.run({ op: "insert", nodes, at });
  if (made.length) session.select(made);
}
