import { untrack } from "solid-js";
import type { Canvas } from "../canvas/canvas";
import { caretBox, caretIndex } from "../canvas/caret-box";
import type { Outline, Pointer, Scene } from "../canvas/overlay";
import type { Session } from "./session";
import type { Stage } from "./stage";

/** All that is drawn over the page now. */
export function composeScene(stage: Stage, canvas: Canvas): Scene {
  return untrack(() => ({
    outlines: [...others(stage), ...own(stage)],
    pointers: pointers(stage, canvas),
    carets: carets(stage.session, canvas),
    drop: stage.drop && {
      line: stage.drop.line,
      host: stage.boxOf(stage.drop.parent),
      label: stage.dropLabel(stage.drop),
    },
  }));
}

function own(stage: Stage): Outline[] {
  const { session } = stage;
  const found: Outline[] = [];
  const chosen = session.selection();
  const hovered = session.hovered();
  if (hovered && !chosen.includes(hovered) && !stage.drop && !session.editing()) {
    const box = stage.boxOf(hovered);
    if (box) found.push({ key: "hover", kind: "hover", box, label: session.store.label(hovered) });
  }
  for (const id of chosen) {
    const box = stage.boxOf(id);
    if (!box) continue;
    const isEditing = session.editing() === id;
    const isOnly = chosen.length === 1 && !isEditing;
    found.push({
      key: `own ${id}`,
      kind: isEditing ? "editing" : "selected",
      box,
      ...(isOnly && { label: session.store.label(id) }),
    });
  }
  return found;
}

function others(stage: Stage): Outline[] {
  return stage.session.peers().flatMap((peer) =>
    peer.selection.flatMap((id): Outline[] => {
      const box = stage.boxOf(id);
      if (!box) return [];
      const key = `peer ${peer.client} ${id}`;
      const label = id === peer.selection[0] ? peer.name : "";
      return [{ key, kind: "theirs", box, color: peer.color, label }];
    }),
  );
}

function pointers(stage: Stage, canvas: Canvas): Pointer[] {
  return stage.session.peers().flatMap((peer): Pointer[] => {
    if (!peer.cursor || peer.caret) return [];
    const { node, x, y } = peer.cursor;
    const element = node ? canvas.elements.get(node) : canvas.document.body;
    const rect = element?.getBoundingClientRect();
    if (!rect) return [];
    return [
      {
        key: String(peer.client),
        name: peer.name,
        color: peer.color,
        x: rect.left + x * rect.width,
        y: rect.top + y * rect.height,
      },
    ];
  });
}

function carets(session: Session, canvas: Canvas): Scene["carets"] {
  return session.peers().flatMap((peer) => {
    const { caret } = peer;
    if (!caret || caret.locale !== session.locale()) return [];
    const text = session.store.text(caret.node, caret.locale);
    const element = canvas.elements.get(caret.node);
    const index = text && caretIndex(text, caret.head);
    const box = element && typeof index === "number" ? caretBox(element, index) : null;
    return box ? [{ key: String(peer.client), box, name: peer.name, color: peer.color }] : [];
  });
}
