import { createSignal, For, type JSX } from "solid-js";
import { local, t } from "../i18n/words";
import { blocks } from "../model/blocks";
import { fold } from "../model/primitives";
import { Dialog } from "../ui/dialog";
import type { Session } from "./session";

/** Every action of the editor by name: Ctrl-K. */
export function Commands(props: {
  session: Session;
  onClose: () => void;
  onPanel: (panel: "add" | "layers" | "pages" | "theme" | "media") => void;
  onDialog: (dialog: "share" | "publish") => void;
}): JSX.Element {
  const session = props.session;
  const [search, setSearch] = createSignal("");
  const [at, setAt] = createSignal(0);
  const actions: [string, () => void][] = [
    [t("undo"), () => session.history.undo()],
    [t("redo"), () => session.history.redo()],
    [t("duplicate"), () => session.duplicate()],
    [t("remove"), () => session.remove()],
    [t("moveUp"), () => session.moveBy(-1)],
    [t("moveDown"), () => session.moveBy(1)],
    ...(["add", "layers", "pages", "theme", "media"] as const).map(
      (panel): [string, () => void] => [t(panel), () => props.onPanel(panel)],
    ),
    ...(["desktop", "tablet", "mobile"] as const).map(
      (device): [string, () => void] => [t(device), () => session.setDevice(device)],
    ),
    [t("share"), () => props.onDialog("share")],
    [t("publish"), () => props.onDialog("publish")],
    [t("preview"), () => open(`/preview/${session.info.id}?locale=${session.locale()}`)],
    [t("dashboard"), () => location.assign("/")],
    ...[...blocks.values()].map((block): [string, () => void] => [
      `${t("add")} : ${local(block.label)}`,
      () => session.insert(block.id),
    ]),
  ];
  const found = () => actions.filter(([name]) => fold(name).includes(fold(search())));
  const act = (run: (() => void) | undefined) => {
    props.onClose();
    run?.();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at() + 1, found().length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at() - 1, 0));
    else if (event.key === "Enter") act(found()[at()]?.[1]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("commands")} onClose={props.onClose}>
      <input
        class="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={`command-${at()}`}
        aria-label={t("commands")}
        autofocus
        onInput={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      <div class="commands" role="listbox" id="commands" aria-label={t("commands")}>
        <For each={found()}>
          {([name, run], index) => (
            <button
              type="button"
              role="option"
              id={`command-${index()}`}
              tabindex="-1"
              aria-selected={index() === at()}
              onClick={() => act(run)}
            >
              {name}
            </button>
          )}
        </For>
      </div>
    </Dialog>
  );
}
