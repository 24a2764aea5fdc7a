import { onCleanup } from "solid-js";
import type { Canvas } from "../canvas/canvas";
import { ROOT } from "../model/tree";
import { type Cargo, press } from "./cargo";
import { handlePaste, writeClipboard } from "./clipboard";
import { insertNodes } from "./inserting";
import { handleKey } from "./keyboard";
import { uploadFiles } from "./media-upload";
import type { Presence } from "./presence";
import type { Stage } from "./stage";

/** What a pointer does in the canvas: hover, choose, carry, and edit text on a double click. */
export function listenToFrame(stage: Stage, canvas: Canvas, presence: Presence): void {
  const { session } = stage;
  const doc = canvas.document;
  const stop = new AbortController();
  const listen = <Name extends keyof DocumentEventMap>(
    name: Name,
    run: (event: DocumentEventMap[Name]) => void,
    options: AddEventListenerOptions = {},
  ) => doc.addEventListener(name, run, { ...options, signal: stop.signal });
  onCleanup(() => stop.abort());
  const isInText = (target: EventTarget | null) => {
    const id = stage.textEditing()?.id;
    return id !== undefined && canvas.nodeOf(target) === id;
  };

  listen("pointermove", (event) => {
    presence.tellCursor({ x: event.clientX, y: event.clientY });
    if (event.pointerType === "mouse" && event.buttons === 0)
      session.setHovered(canvas.nodeOf(event.target));
  });
  doc.documentElement.addEventListener(
    "pointerleave",
    () => {
      session.setHovered(null);
      presence.tellCursor(null);
    },
    { signal: stop.signal },
  );
  listen("pointerdown", (event) => {
    session.view.setFollowing(null);
    closePopovers();
    if (isInText(event.target)) return;
    if (stage.textEditing()) stage.endText();
    const id = canvas.nodeOf(event.target);
    if (event.pointerType === "mouse") {
      event.preventDefault();
      choose(stage, id, event);
      stage.focus();
    }
    if (id && session.canEdit && !event.shiftKey) {
      const toWindow = (moved: PointerEvent) => stage.toWindow(moved.clientX, moved.clientY);
      press(stage, event, () => carry(stage, id), toWindow);
    }
  });
  listen("click", (event) => {
    event.preventDefault();
    if ((event as PointerEvent).pointerType !== "mouse" && !isInText(event.target))
      choose(stage, canvas.nodeOf(event.target), event);
  });
  listen("dblclick", (event) => {
    const id = canvas.nodeOf(event.target);
    if (!id || isInText(event.target)) return;
    void stage.editText(id, { x: event.clientX, y: event.clientY });
  });
  listen("submit", (event) => event.preventDefault());
  listen("dragstart", (event) => event.preventDefault());
  listen("keydown", (event) => handleKey(stage, event));
  listen("copy", (event) => writeClipboard(stage, event));
  listen("cut", (event) => writeClipboard(stage, event));
  listen("paste", (event) => handlePaste(stage, event));
  listen("scroll", () => {
    presence.tellView();
    stage.draw();
  });
  listen("load", () => stage.draw(), { capture: true });
  listenForFiles(stage, listen);

  const watch = new ResizeObserver(() => stage.draw());
  watch.observe(doc.body);
  onCleanup(() => watch.disconnect());
}

function closePopovers(): void {
  for (const open of document.querySelectorAll<HTMLElement>(".menu:popover-open"))
    open.hidePopover();
}

function choose(stage: Stage, id: string | null, event: MouseEvent): void {
  const { session } = stage;
  if (!id) session.select([]);
  else if (event.shiftKey || event.ctrlKey || event.metaKey) session.toggle(id);
  else if (!session.selection().includes(id) || session.selection().length === 1)
    session.select([id]);
}

/** What a drag from a node carries: the whole selection when the node is in it. */
export function carry(stage: Stage, id: string): Cargo | null {
  const { session } = stage;
  const tree = session.store.tree();
  let held = id;
  const chosen = session.selection();
  // A press on something inside what is selected carries what is selected.
  for (let at = id; at !== ROOT; at = tree.parents.get(at) ?? ROOT) {
    if (chosen.includes(at)) {
      held = at;
      break;
    }
  }
  if (!chosen.includes(held)) session.select([held]);
  const ids = session.tops().filter((each) => !session.isLocked(each));
  const first = ids[0];
  if (!first) return null;
  const label = session.store.label(first);
  return {
    label: ids.length > 1 ? `${label} +${ids.length - 1}` : label,
    type: session.store.node(first)?.type ?? "box",
    ids,
    drop: (parent, index) => session.move(ids, parent, index),
  };
}

type Listen = <Name extends keyof DocumentEventMap>(
  name: Name,
  run: (event: DocumentEventMap[Name]) => void,
) => void;

/** Images dropped from the desktop land where they are dropped. */
function listenForFiles(stage: Stage, listen: Listen): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  listen("dragover", (event) => {
    if (!hasFiles(event) || !stage.session.canEdit) return;
    event.preventDefault();
    const point = stage.toWindow(event.clientX, event.clientY);
    stage.locate(point.x, point.y, { label: "", type: "image", ids: [], drop: () => undefined });
  });
  listen("dragleave", () => stage.clear());
  listen("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const { drop, session } = stage;
    stage.clear();
    const files = [...(event.dataTransfer?.files ?? [])];
    void uploadFiles(session, files).then((assets) => {
      if (assets.length === 0 || !session.canEdit) return;
      const nodes = assets.map(({ id }) => ({ type: "image", props: { src: id } }));
      insertNodes(session, nodes, drop ? session.placeAt(drop.parent, drop.index) : undefined);
    });
  });
}
