import { createMemo, createSignal, For, type JSX, onMount, Show } from "solid-js";
import { t } from "../i18n/i18n";
import { fold } from "../model/primitives";
import { Icon } from "../ui/icon";
import { actions } from "./actions";
import { entries } from "./blocks-panel";
import { w } from "./command-words";
import { useEditor } from "./context";
import { insertBlock } from "./inserting";

interface Command {
  readonly label: string;
  readonly words: string;
  readonly icon: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/** Everything that can be done here, by its name. */
export function Commands(props: { onClose: () => void }): JSX.Element {
  const { session, stage } = useEditor();
  const [search, setSearch] = createSignal("");
  const [at, setAt] = createSignal(0);
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  const all = createMemo((): Command[] => [
    ...actions()
      .filter((each) => each.id !== "commands" && each.isEnabled(stage))
      .map(({ label, icon, keys, run }) => ({
        label,
        words: fold(label),
        icon,
        keys,
        run: () => run(stage),
      })),
    ...(session.canEdit
      ? entries().map((entry) => ({
          label: w("insert", { name: entry.label }),
          words: fold(w("insert", { name: entry.words })),
          icon: entry.icon ?? "plus",
          run: () => insertBlock(session, entry.id),
        }))
      : []),
    ...session.pageList().map((page) => ({
      label: w("goto", { name: page.title }),
      words: fold(w("goto", { name: page.title })),
      icon: "file",
      run: () => session.openPage(page.id),
    })),
  ]);
  const found = createMemo(() => {
    const words = fold(search()).split(" ").filter(Boolean);
    return all().filter((command) => words.every((word) => command.words.includes(word)));
  });
  const choose = (command: Command | undefined): void => {
    if (!command) return;
    dialog?.close();
    command.run();
  };
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const count = Math.max(1, found().length);
      setAt((now) => (now + step + count) % count);
      document.getElementById(`command-${at()}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") choose(found()[at()]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="dialog commands"
      aria-label={t("command.title")}
      onClose={() => props.onClose()}
      onPointerDown={(event) => event.target === dialog && dialog?.close()}
      onKeyDown={keys}
    >
      <div class="commands-head">
        <Icon name="search" />
        <input
          class="commands-input"
          role="combobox"
          aria-expanded="true"
          aria-controls="command-list"
          aria-activedescendant={`command-${at()}`}
          aria-label={w("placeholder")}
          placeholder={w("placeholder")}
          autofocus
          autocomplete="off"
          value={search()}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
        />
      </div>
      <ul id="command-list" role="listbox" aria-label={t("command.title")}>
        <For each={found()}>
          {(command, index) => (
            <li
              id={`command-${index()}`}
              role="option"
              tabindex="-1"
              aria-selected={index() === at()}
              onPointerMove={() => setAt(index())}
              onClick={() => choose(command)}
              onKeyDown={() => undefined}
            >
              <Icon name={command.icon} small />
              <span>{command.label}</span>
              <Show when={command.keys}>
                <kbd>{command.keys}</kbd>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={found().length === 0}>
        <p class="empty">{w("none")}</p>
      </Show>
    </dialog>
  );
}
