import { createSignal, type JSX, lazy, onCleanup, onMount, Show, Suspense } from "solid-js";
import { t } from "../i18n/i18n";
import { ROOT } from "../model/tree";
import { EmptyWindow } from "../ui/art";
import { aside } from "../ui/aside";
import { quietly } from "../ui/quietly";
import { useEditor } from "./context";

const TextToolbar = lazy(() => import("./text-toolbar").then((m) => ({ default: m.TextToolbar })));
const Pins = aside(
  () => import("./comments/pins"),
  (module) => module.Pins,
);
const SHELL = '<!doctype html><html><head></head><body tabindex="-1"></body></html>';
const MARGIN = 28;

/** The frame of the page at its real width, shown smaller when the window is. */
export function CanvasView(): JSX.Element {
  const { session, stage } = useEditor();
  const [size, setSize] = createSignal({ width: 0, height: 0 });
  const [isWhole, setWhole] = createSignal(true);
  // Comments come when the page is there: whoever begins to edit does not wait for them.
  const [isQuiet, setQuiet] = createSignal(false);
  onMount(() => quietly(() => setQuiet(true)));
  let viewport: HTMLElement | undefined;
  let frame: HTMLIFrameElement | undefined;
  let layer: HTMLDivElement | undefined;
  const margin = () => (size().width < 700 ? 0 : MARGIN);
  const fitting = () =>
    Math.min(1, Math.max(0.1, (size().width - margin() * 2) / session.view.width()));
  const scale = () => (isWhole() ? fitting() : 1);
  const measured = (): void => {
    if (!viewport) return;
    setSize({ width: viewport.clientWidth, height: viewport.clientHeight });
    stage.setScale(scale());
  };
  onMount(() => {
    if (!viewport || !frame || !layer) return;
    const watch = new ResizeObserver(measured);
    watch.observe(viewport);
    onCleanup(() => watch.disconnect());
    // Written at once: waiting for the frame to load would delay the page by several frames.
    const doc = frame.contentDocument;
    if (!doc) return;
    doc.open();
    doc.write(SHELL);
    doc.close();
    stage.attach(frame, layer);
  });
  const height = () => Math.max(200, size().height - margin()) / scale();
  const isEmpty = () => (session.store.tree().children.get(ROOT)?.length ?? 0) === 0;
  const applied = () => {
    stage.setScale(scale());
    return scale();
  };
  return (
    <main
      ref={viewport}
      class="canvas"
      aria-label={t("canvas.label")}
      onPointerDown={(event) => event.target === event.currentTarget && session.select([])}
    >
      <div
        class="sheet-of-page"
        classList={{ followed: session.view.following() !== null }}
        style={{
          width: `${session.view.width() * scale()}px`,
          height: `${height() * scale()}px`,
          "margin-top": `${margin()}px`,
        }}
      >
        <iframe
          ref={frame}
          title={t("canvas.label")}
          style={{
            width: `${session.view.width()}px`,
            height: `${height()}px`,
            transform: `scale(${applied()})`,
          }}
        />
        <Show when={isEmpty()}>
          <div class="empty canvas-empty">
            <EmptyWindow />
            <strong>{t("canvas.empty")}</strong>
            <span>{t("canvas.emptyText")}</span>
            <Show when={session.canEdit}>
              <button
                type="button"
                class="button primary"
                onClick={() => session.view.setPanel("add")}
              >
                {t("layers.add")}
              </button>
            </Show>
          </div>
        </Show>
        <div ref={layer} class="overlay" aria-hidden="true" />
        <Suspense>
          <Show when={isQuiet()}>
            <Pins />
          </Show>
        </Suspense>
      </div>
      <Suspense>
        <Show when={stage.textEditing()}>
          <TextToolbar />
        </Show>
      </Suspense>
      <button
        type="button"
        class="zoom"
        data-tip={isWhole() ? "100 %" : t("canvas.fit")}
        aria-label={`${t("canvas.zoom")} ${Math.round(scale() * 100)} %`}
        onClick={() => setWhole((now) => !now)}
      >
        {Math.round(scale() * 100)} %
      </button>
    </main>
  );
}
