import { createMemo, createSignal, createUniqueId, For, type JSX, onMount, Show } from "solid-js";
import { t } from "../../i18n/i18n";
import { fold } from "../../model/primitives";
import { Avatar } from "../../ui/button";
import { named, type Person, typedName } from "./threads";
import { w } from "./words";

const MAX_CHARS = 5000;
const SHOWN = 6;

/** A field for a comment: @ and a few letters offer the people of the site. */
export function Composer(props: {
  label: string;
  submit: string;
  text?: string;
  named?: readonly Person[];
  people: () => Promise<readonly Person[]>;
  onSend: (body: string, mentions: readonly Person[], key: string) => Promise<boolean>;
  onCancel: () => void;
}): JSX.Element {
  const [text, setText] = createSignal(props.text ?? "");
  const [caret, setCaret] = createSignal(0);
  const [people, setPeople] = createSignal<readonly Person[]>([]);
  const [at, setAt] = createSignal(0);
  const [isHidden, setHidden] = createSignal(false);
  const [isSending, setSending] = createSignal(false);
  const key = Array.from(crypto.getRandomValues(new Uint8Array(12)), String).join(".");
  const list = createUniqueId();
  let chosen: readonly Person[] = props.named ?? [];
  let area: HTMLTextAreaElement | undefined;
  onMount(() => area?.focus());

  const begun = createMemo(() => typedName(text(), caret()));
  const found = createMemo(() => {
    const name = begun();
    if (name === null || isHidden()) return [];
    const wanted = fold(name);
    // A name that is written out is not offered again.
    const fits = people().filter((each) => fold(each.name).startsWith(wanted));
    return fits.some((each) => `${each.name} ` === name) ? [] : fits.slice(0, SHOWN);
  });
  const typed = (area: HTMLTextAreaElement): void => {
    setText(area.value);
    setCaret(area.selectionStart);
    setHidden(false);
    setAt(0);
    if (begun() !== null && people().length === 0) void props.people().then(setPeople);
  };
  const name = (person: Person | undefined): void => {
    if (!person || !area) return;
    const start = caret() - (begun() ?? "").length;
    area.setRangeText(`${person.name} `, start, caret(), "end");
    chosen = [...chosen, person];
    setText(area.value);
    setCaret(area.selectionStart);
    setHidden(true);
    area.focus();
  };
  const send = async (): Promise<void> => {
    if (!text().trim() || isSending()) return;
    setSending(true);
    const isDone = await props.onSend(text(), named(text(), chosen), key);
    setSending(false);
    if (isDone) props.onCancel();
  };
  const choose = (event: KeyboardEvent): boolean => {
    const people = found();
    if (people.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((now) => (now + step + people.length) % people.length);
    else if (event.key === "Enter" || event.key === "Tab") name(people[at()]);
    else if (event.key === "Escape") setHidden(true);
    else return false;
    return true;
  };
  const keys = (event: KeyboardEvent): void => {
    const isHandled = choose(event);
    if (!isHandled && event.key === "Escape") props.onCancel();
    else if (!isHandled && event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
    else if (!isHandled) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={area}
        class="input"
        rows={3}
        maxlength={MAX_CHARS}
        aria-label={props.label}
        placeholder={props.label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={found().length > 0 ? list : undefined}
        aria-activedescendant={found().length > 0 ? `${list}-${at()}` : undefined}
        value={text()}
        onInput={(event) => typed(event.currentTarget)}
        onClick={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyUp={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={keys}
      />
      <p class="sr-only" role="status">
        {found().length > 0 ? w("found", { n: found().length }) : ""}
      </p>
      <Show when={found().length > 0}>
        <ul id={list} class="names" role="listbox" aria-label={w("people")}>
          <For each={found()}>
            {(person, index) => (
              <li
                id={`${list}-${index()}`}
                role="option"
                tabindex="-1"
                aria-selected={index() === at()}
                onPointerMove={() => setAt(index())}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => name(person)}
                onKeyDown={() => undefined}
              >
                <Avatar name={person.name} color={person.color} />
                <span>{person.name}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <div class="line">
        <span class="grow" />
        <button type="button" class="button small" onClick={() => props.onCancel()}>
          {t("action.cancel")}
        </button>
        <button type="submit" class="button small primary" disabled={!text().trim() || isSending()}>
          {props.submit}
        </button>
      </div>
    </form>
  );
}
