import { createSignal, For, type JSX, Show } from "solid-js";
import { t } from "../i18n/i18n";
import { useEditor } from "./context";

const OTHER = "other";

/** A link: a page of the site, kept by id so that it survives a new address, or any address. */
export function LinkPicker(props: {
  value: string;
  label: string;
  onChange: (value: string) => void;
}): JSX.Element {
  const { session } = useEditor();
  const [isOther, setOther] = createSignal(false);
  const page = () => (props.value.startsWith("page:") ? props.value : "");
  const kind = () => (isOther() || (props.value && !page()) ? OTHER : page());
  const choose = (value: string): void => {
    setOther(value === OTHER);
    // The link stays as it is until another address is typed.
    if (value !== OTHER) props.onChange(value);
  };
  return (
    <div class="link-picker">
      <select
        class="input"
        aria-label={props.label}
        value={kind()}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{t("inspect.linkNone")}</option>
        <optgroup label={t("inspect.linkPage")}>
          <For each={session.pageList()}>
            {(each) => <option value={`page:${each.id}`}>{each.title}</option>}
          </For>
        </optgroup>
        <option value={OTHER}>{t("inspect.linkUrl")}</option>
      </select>
      <Show when={kind() === OTHER}>
        <input
          class="input"
          inputmode="url"
          placeholder="https://"
          aria-label={t("inspect.linkUrl")}
          value={page() ? "" : props.value}
          ref={(element) => isOther() && queueMicrotask(() => element.focus())}
          onChange={(event) => {
            setOther(false);
            props.onChange(event.currentTarget.value.trim());
          }}
        />
      </Show>
    </div>
  );
}
