import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { t } from "../i18n/i18n";
import { IconButton } from "../ui/button";
import { useEditor } from "./context";
import { LinkPicker } from "./link-picker";
import { w } from "./text-words";

/** The small bar over the text that is edited; pressing it leaves the caret where it is. */
export function TextToolbar(): JSX.Element {
  const { stage } = useEditor();
  const [size, setSize] = createSignal({ width: 180, height: 40 });
  const [value, setValue] = createSignal("");
  let bar: HTMLDivElement | undefined;
  const binding = () => stage.textEditing()?.binding;
  const isActive = (name: string) => {
    stage.textVersion();
    return binding()?.isActive(name) ?? false;
  };
  const place = createMemo(() => {
    stage.textVersion();
    stage.scale();
    const id = stage.textEditing()?.id;
    const box = id ? stage.boxOf(id) : null;
    if (!box) return { left: "0px", top: "0px" };
    const corner = stage.toWindow(box.left, box.top);
    const below = stage.toWindow(box.left, box.bottom);
    const { width, height } = size();
    const left = Math.max(8, Math.min(corner.x, window.innerWidth - width - 8));
    const isUnder = corner.y - height - 30 < 56;
    const top = isUnder ? below.y + 10 : corner.y - height - 30;
    return { left: `${left}px`, top: `${Math.min(top, window.innerHeight - height - 8)}px` };
  });
  createEffect(
    on(stage.linkOpen, (isOpen) => {
      if (isOpen) setValue(binding()?.link() ?? "");
      if (bar) setSize({ width: bar.offsetWidth, height: bar.offsetHeight });
    }),
  );
  const closeLink = (link: string): void => {
    stage.setLinkOpen(false);
    binding()?.setLink(link);
  };
  return (
    <div
      ref={bar}
      class="text-bar bar"
      role="toolbar"
      aria-label={w("toolbar")}
      style={place()}
      onPointerDown={(event) => {
        if (!(event.target as Element).closest("input, select")) event.preventDefault();
      }}
      onMouseDown={(event) => {
        if (!(event.target as Element).closest("input, select")) event.preventDefault();
      }}
    >
      <Show
        when={!stage.linkOpen()}
        fallback={
          <form
            class="line"
            onSubmit={(event) => {
              event.preventDefault();
              closeLink(value());
            }}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              closeLink(binding()?.link() ?? "");
            }}
          >
            <LinkPicker value={value()} label={w("link")} onChange={setValue} />
            <button type="submit" class="button small primary">
              {t("action.save")}
            </button>
            <IconButton icon="unlink" label={w("unlink")} onPress={() => closeLink("")} />
          </form>
        }
      >
        <IconButton
          icon="bold"
          label={w("bold")}
          keys="Ctrl B"
          pressed={isActive("bold")}
          onPress={() => binding()?.toggle("bold")}
        />
        <IconButton
          icon="italic"
          label={w("italic")}
          keys="Ctrl I"
          pressed={isActive("italic")}
          onPress={() => binding()?.toggle("italic")}
        />
        <IconButton
          icon="code"
          label={w("code")}
          keys="Ctrl E"
          pressed={isActive("code")}
          onPress={() => binding()?.toggle("code")}
        />
        <IconButton
          icon="link"
          label={w("link")}
          keys="Ctrl K"
          pressed={isActive("link")}
          onPress={() => stage.setLinkOpen(true)}
        />
      </Show>
    </div>
  );
}
