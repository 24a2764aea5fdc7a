import { t } from "../i18n/i18n";
import { ROOT } from "../model/tree";
import { notify } from "../ui/toast";
import { copySelection, pasteKept } from "./clipboard";
import type { Stage } from "./stage";
import type { Panel, Width } from "./view-state";

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly keys?: string;
  readonly matches?: (event: KeyboardEvent) => boolean;
  readonly isEnabled: (stage: Stage) => boolean;
  readonly run: (stage: Stage) => void;
}

/** Windows that cover the editor, opened from anywhere; set by the workspace. */
export const windows: { open: (name: "share" | "commands" | "publish" | "media") => void } = {
  open: () => undefined,
};

const IS_MAC = navigator.platform.startsWith("Mac");
const MOD = IS_MAC ? "⌘" : "Ctrl ";
export const UNDO_KEYS = `${MOD}Z`;
// The arrow of Shift is in the fonts of a Mac, and not in all others.
export const REDO_KEYS = IS_MAC ? "⇧⌘Z" : "Ctrl Shift Z";

function mod(key: string, isShift = false): (event: KeyboardEvent) => boolean {
  return (event) =>
    (event.ctrlKey || event.metaKey) &&
    !event.altKey &&
    event.shiftKey === isShift &&
    event.key.toLowerCase() === key;
}

function plain(...keys: string[]): (event: KeyboardEvent) => boolean {
  return (event) => keys.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
}

const always = () => true;
const some = (stage: Stage) => stage.session.selection().length > 0;
const mayEdit = (stage: Stage) => stage.session.canEdit;
const mayChange = (stage: Stage) => mayEdit(stage) && some(stage);

function editing(): Action[] {
  return [
    {
      id: "undo",
      label: t("action.undo"),
      icon: "undo-2",
      keys: UNDO_KEYS,
      matches: mod("z"),
      isEnabled: (stage) => stage.session.canWrite,
      run: (stage) => stage.session.turn("undo"),
    },
    {
      id: "redo",
      label: t("action.redo"),
      icon: "redo-2",
      keys: REDO_KEYS,
      matches: (event) => mod("z", true)(event) || mod("y")(event),
      isEnabled: (stage) => stage.session.canWrite,
      run: (stage) => stage.session.turn("redo"),
    },
    {
      id: "edit-text",
      label: t("action.edit"),
      icon: "type",
      keys: "⏎",
      matches: plain("Enter", "F2"),
      isEnabled: some,
      run: editFirstText,
    },
    {
      id: "duplicate",
      label: t("action.duplicate"),
      icon: "copy",
      keys: `${MOD}D`,
      matches: mod("d"),
      isEnabled: mayChange,
      run: (stage) => stage.session.duplicate(),
    },
    {
      id: "copy",
      label: t("action.copy"),
      icon: "copy",
      keys: `${MOD}C`,
      isEnabled: some,
      run: (stage) => copySelection(stage, false),
    },
    {
      id: "cut",
      label: t("action.cut"),
      icon: "scissors",
      keys: `${MOD}X`,
      isEnabled: mayChange,
      run: (stage) => copySelection(stage, true),
    },
    {
      id: "paste",
      label: t("action.paste"),
      icon: "clipboard-paste",
      keys: `${MOD}V`,
      isEnabled: mayEdit,
      run: pasteKept,
    },
    {
      id: "remove",
      label: t("action.delete"),
      icon: "trash-2",
      keys: "⌫",
      matches: plain("Delete", "Backspace"),
      isEnabled: mayChange,
      run: (stage) => stage.session.remove(),
    },
  ];
}

function arranging(): Action[] {
  const alt = (key: string) => (event: KeyboardEvent) => event.altKey && event.key === key;
  return [
    {
      id: "up",
      label: t("action.moveUp"),
      icon: "arrow-up",
      keys: "Alt ↑",
      matches: (event) => alt("ArrowUp")(event) || alt("ArrowLeft")(event),
      isEnabled: mayChange,
      run: (stage) => shift(stage, -1),
    },
    {
      id: "down",
      label: t("action.moveDown"),
      icon: "arrow-down",
      keys: "Alt ↓",
      matches: (event) => alt("ArrowDown")(event) || alt("ArrowRight")(event),
      isEnabled: mayChange,
      run: (stage) => shift(stage, 1),
    },
    {
      id: "parent",
      label: t("action.selectParent"),
      icon: "arrow-up-right",
      keys: "Esc",
      matches: plain("Escape"),
      isEnabled: some,
      run: selectParent,
    },
    {
      id: "hide",
      label: `${t("action.hide")} / ${t("action.show")}`,
      icon: "eye-off",
      isEnabled: mayChange,
      run: (stage) => toggleFlag(stage, "hidden"),
    },
    {
      id: "lock",
      label: `${t("action.lock")} / ${t("action.unlock")}`,
      icon: "lock",
      isEnabled: mayChange,
      run: (stage) => toggleFlag(stage, "lock"),
    },
  ];
}

function showing(): Action[] {
  const panel = (id: Panel, icon: string): Action => ({
    id: `panel-${id}`,
    label: t(`rail.${id}`),
    icon,
    isEnabled: always,
    run: ({ session }) => session.view.setPanel((now) => (now === id ? null : id)),
  });
  const width = (value: Width, word: "desktop" | "tablet" | "phone", icon: string): Action => ({
    id: `width-${value}`,
    label: `${t(`width.${word}`)} ${value}`,
    icon,
    isEnabled: always,
    run: ({ session }) => session.view.setWidth(value),
  });
  return [
    {
      id: "commands",
      label: t("command.title"),
      icon: "command",
      keys: `${MOD}K`,
      matches: mod("k"),
      isEnabled: always,
      run: () => windows.open("commands"),
    },
    panel("add", "plus"),
    panel("layers", "layers"),
    panel("pages", "file"),
    panel("theme", "palette"),
    panel("media", "image"),
    width(1440, "desktop", "monitor"),
    width(1024, "tablet", "tablet"),
    width(390, "phone", "smartphone"),
    {
      id: "comment",
      label: t("comment.begin"),
      icon: "message-circle",
      keys: "C",
      matches: plain("c", "C"),
      isEnabled: ({ session }) => session.info.can.comment === true,
      run: (stage) => stage.comment(),
    },
    {
      id: "share",
      label: t("top.share"),
      icon: "user-plus",
      isEnabled: always,
      run: () => windows.open("share"),
    },
    {
      id: "preview",
      label: t("top.preview"),
      icon: "play",
      isEnabled: always,
      run: preview,
    },
    {
      id: "publish",
      label: t("top.publish"),
      icon: "rocket",
      isEnabled: ({ session }) => session.info.can.publish,
      run: () => windows.open("publish"),
    },
    {
      id: "home",
      label: t("top.home"),
      icon: "house",
      isEnabled: always,
      run: () => location.assign("/"),
    },
  ];
}

/** Everything one can do, in the order of the palette; keys and menus use the same list. */
export function actions(): Action[] {
  return [...editing(), ...arranging(), ...showing()];
}

export function action(id: string): Action | undefined {
  return actions().find((each) => each.id === id);
}

export function preview(stage: Stage): void {
  const { session } = stage;
  const locale = encodeURIComponent(session.locale());
  window.open(`/preview/${session.info.id}?locale=${locale}`, "_blank", "noopener");
}

function shift(stage: Stage, by: 1 | -1): void {
  stage.session.shift(by);
  const id = stage.session.selection()[0];
  if (id) stage.reveal(id);
}

function editFirstText(stage: Stage): void {
  const { session } = stage;
  const id = session.selection()[0];
  if (!id) return;
  if (stage.canEditText(id)) {
    void stage.editText(id);
    return;
  }
  const child = session.store.tree().children.get(id)?.[0];
  if (child) session.select([child]);
  else if (session.isLocked(id)) notify(t("inspect.locked"));
}

function selectParent(stage: Stage): void {
  const { session } = stage;
  const parent = session.store.tree().parents.get(session.selection()[0] ?? "") ?? ROOT;
  session.select(parent === ROOT ? [] : [parent]);
}

function toggleFlag(stage: Stage, flag: "hidden" | "lock"): void {
  const { session } = stage;
  const ids = session.selection();
  const isOn = ids.every((id) => session.store.node(id)?.[flag]);
  session.update(ids, { [flag]: isOn ? null : true });
}
