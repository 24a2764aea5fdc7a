import { createEffect, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { type Drop, dropAt } from "../canvas/drop";
import { TextEditor } from "../canvas/text-editor";
import registry from "../../../builder/data/primitives.json";
import { local } from "../i18n/words";
import { TEXT } from "../model/history";
import { nodeMap, textOf } from "../model/nodes";
import { type Session, WIDTHS } from "./session";
import { shortcut } from "./shortcuts";

const PRIMITIVES = registry.primitives as unknown as Readonly<
  Record<string, { text: boolean; label: Record<string, string> }>
>;
const DRAG_PIXELS = 5;
const PRESENCE_MS = 50;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function labelOf(session: Session, id: string): string {
  const node = session.node(id);
  if (!node) return "";
  return node.name || local(PRIMITIVES[node.type]?.label ?? {}) || node.type;
}

/** The page in its frame, and over it all that is not the page: selections, cursors, drop lines. */
export function Stage(props: {
  session: Session;
  dragged: () => string | null;
  onDropped: () => void;
}): JSX.Element {
  const session = props.session;
  let frame: HTMLIFrameElement | undefined;
  let pane: HTMLDivElement | undefined;
  const [scale, setScale] = createSignal(1);
  const [tick, setTick] = createSignal(0);
  const [hovered, setHovered] = createSignal<string | null>(null);
  const [drop, setDrop] = createSignal<Drop | null>(null);
  const [paneSize, setPaneSize] = createSignal({ width: 800, height: 600 });
  let textEditor: TextEditor | null = null;
  let press: { x: number; y: number; id: string; isDrag: boolean } | null = null;
  let presentedAt = 0;

  const redraw = () => setTick((count) => count + 1);

  const boxOf = (id: string): Box | null => {
    tick();
    session.changed();
    const element = session.canvas?.elements.get(id);
    if (!element?.isConnected) return null;
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x * scale(), y: y * scale(), width: width * scale(), height: height * scale() };
  };

  const width = () => Math.min(WIDTHS[session.device()], WIDTHS.desktop);
  const resize = () => {
    if (pane) setPaneSize({ width: pane.clientWidth, height: pane.clientHeight });
  };
  createEffect(() => {
    setScale(Math.min(1, (paneSize().width - 32) / width()));
    queueMicrotask(redraw);
  });

  const endText = () => {
    const editor = textEditor;
    if (!editor || !session.canvas) return;
    textEditor = null;
    const id = session.canvas.editing;
    session.canvas.editing = null;
    editor.destroy();
    session.history.stop();
    if (id) session.canvas.repaintNode(id);
    redraw();
  };

  const editText = (id: string) => {
    endText();
    const canvas = session.canvas;
    const node = nodeMap(session.page, id);
    const element = canvas?.elements.get(id);
    const text = textOf(session.page, id, session.locale());
    if (!canvas || !node || !element || !text || !session.mayWrite()) return;
    canvas.editing = id;
    textEditor = new TextEditor(element, text, TEXT, endText, redraw);
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const id = session.canvas?.at(event.clientX, event.clientY) ?? null;
    if (textEditor && id !== null && id === session.canvas?.editing) return;
    endText();
    if (id === null) return session.select([]);
    const isMore = event.shiftKey || event.ctrlKey || event.metaKey;
    const chosen = session.selected();
    if (isMore) session.select(chosen.includes(id) ? chosen.filter((x) => x !== id) : [...chosen, id]);
    else if (!chosen.includes(id)) session.select([id]);
    press = { x: event.clientX, y: event.clientY, id, isDrag: false };
  };

  const moved = (event: PointerEvent) => {
    const canvas = session.canvas;
    if (!canvas) return;
    share(event);
    if (press && session.mayEdit()) {
      const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAG_PIXELS;
      if (far && !textEditor) press.isDrag = true;
      if (press.isDrag) {
        event.preventDefault();
        const type = String(nodeMap(session.page, press.id)?.get("type"));
        setDrop(dropAt(canvas, event.clientX, event.clientY, type, session.selected()));
        scrollNear(event.clientY);
        return;
      }
    }
    setHovered(canvas.at(event.clientX, event.clientY));
  };

  const up = () => {
    const found = drop();
    if (press?.isDrag && found) session.move(session.selected(), found.parent, found.index);
    press = null;
    setDrop(null);
  };

  const scrollNear = (y: number) => {
    const view = frame?.contentWindow;
    if (!view) return;
    if (y < 60) view.scrollBy(0, -16);
    if (y > view.innerHeight - 60) view.scrollBy(0, 16);
  };

  const share = (event: PointerEvent) => {
    const view = frame?.contentWindow;
    if (!view || event.timeStamp - presentedAt < PRESENCE_MS) return;
    presentedAt = event.timeStamp;
    session.present({
      cursor: {
        x: event.clientX / view.innerWidth,
        y: Math.round(event.clientY + view.scrollY),
      },
      view: { top: Math.round(view.scrollY) },
    });
  };

  /** A block that comes from the palette, over the frame. */
  const over = (event: PointerEvent) => {
    const block = props.dragged();
    if (!block || !frame || !session.canvas) return;
    const box = frame.getBoundingClientRect();
    const x = (event.clientX - box.left) / scale();
    const y = (event.clientY - box.top) / scale();
    const type = PRIMITIVES[block] ? block : "section";
    setDrop(dropAt(session.canvas, x, y, type, []));
    scrollNear(y);
  };
  const overEnd = () => {
    const block = props.dragged();
    const found = drop();
    if (block && found) session.insert(block, found.parent, found.index);
    setDrop(null);
    props.onDropped();
  };

  onMount(() => {
    resize();
    const watch = new ResizeObserver(resize);
    if (pane) watch.observe(pane);
    const doc = frame?.contentDocument;
    const view = frame?.contentWindow;
    if (!frame || !doc || !view) return;
    doc.documentElement.lang = session.locale();
    session.mount(frame);
    doc.addEventListener("pointerdown", down);
    doc.addEventListener("pointermove", moved);
    doc.addEventListener("pointerup", up);
    doc.addEventListener("pointerleave", () => setHovered(null));
    doc.addEventListener("click", (event) => event.preventDefault());
    doc.addEventListener("submit", (event) => event.preventDefault());
    doc.addEventListener("dblclick", () => {
      const [id] = session.selected();
      if (id && session.node(id)?.type && PRIMITIVES[session.node(id)?.type ?? ""]?.text) editText(id);
    });
    const keys = (event: KeyboardEvent) => {
      if (event.key === "Escape" && press) {
        press = null;
        setDrop(null);
        return;
      }
      shortcut(session, event, editText);
    };
    doc.addEventListener("keydown", keys);
    addEventListener("keydown", keys);
    view.addEventListener("scroll", redraw, { passive: true });
    view.addEventListener("resize", redraw);
    doc.addEventListener("load", redraw, true);
    doc.addEventListener("dragover", (event) => event.preventDefault());
    doc.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer?.files.length) void session.upload(event.dataTransfer.files);
    });
    onCleanup(() => {
      watch.disconnect();
      removeEventListener("keydown", keys);
      session.canvas?.destroy();
    });
  });

  const at = (box: Box) => ({
    transform: `translate(${box.x}px, ${box.y}px)`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  });

  return (
    <div
      class="stage"
      ref={pane}
      onPointerMove={over}
      onPointerUp={overEnd}
    >
      <div
        class="sheet"
        style={{ width: `${width() * scale()}px`, height: `${paneSize().height - 24}px` }}
      >
        <iframe
          ref={frame}
          title="page"
          style={{
            width: `${width()}px`,
            height: `${(paneSize().height - 24) / scale()}px`,
            transform: `scale(${scale()})`,
            "pointer-events": props.dragged() ? "none" : "auto",
          }}
        />
        <div class="overlay" aria-hidden="true">
          <Show when={hovered() && !session.selected().includes(hovered() ?? "") ? boxOf(hovered() ?? "") : null}>
            {(box) => <div class="outline hover" style={at(box())} />}
          </Show>
          <For each={session.peers()}>
            {(peer) => (
              <For each={peer.selection}>
                {(id) => (
                  <Show when={boxOf(id)}>
                    {(box) => (
                      <div class="outline theirs" style={{ ...at(box()), "--color": peer.user.color }}>
                        <span class="tag">{peer.user.name}</span>
                      </div>
                    )}
                  </Show>
                )}
              </For>
            )}
          </For>
          <For each={session.selected()}>
            {(id) => (
              <Show when={boxOf(id)}>
                {(box) => (
                  <div class="outline mine" style={at(box())}>
                    <span class="tag">{labelOf(session, id)}</span>
                  </div>
                )}
              </Show>
            )}
          </For>
          <Show when={drop()}>
            {(found) => (
              <div
                class="drop-line"
                style={at({
                  x: found().line.x * scale(),
                  y: found().line.y * scale(),
                  width: Math.max(3, found().line.width * scale()),
                  height: Math.max(3, found().line.height * scale()),
                })}
              >
                <span class="tag">
                  {found().parent === "root" ? "Page" : labelOf(session, found().parent)}
                </span>
              </div>
            )}
          </Show>
          <For each={session.peers()}>
            {(peer) => (
              <Show when={(tick(), peer.cursor)}>
                {(cursor) => (
                  <div
                    class="cursor"
                    style={{
                      "--color": peer.user.color,
                      transform: `translate(${cursor().x * width() * scale()}px, ${
                        (cursor().y - (frame?.contentWindow?.scrollY ?? 0)) * scale()
                      }px)`,
                    }}
                  >
                    <svg viewBox="0 0 24 24" width="18" height="18" role="presentation">
                      <path d="m4 3 16 8-7 2-3 7z" />
                    </svg>
                    <span>{peer.user.name}</span>
                  </div>
                )}
              </Show>
            )}
          </For>
        </div>
      </div>
    </div>
  );
}

