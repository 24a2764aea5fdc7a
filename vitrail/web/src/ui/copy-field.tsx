import { createSignal, createUniqueId, type JSX } from "solid-js";
import { t } from "../i18n/i18n";

/** Something to take away: a link or a secret, with a button that copies it. */
export function CopyField(props: { label: string; value: string; name?: string }): JSX.Element {
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="line">
        <input
          ref={input}
          id={id}
          class="input"
          name={props.name ?? ""}
          readonly
          value={props.value}
        />
        <CopyButton value={props.value} onCopy={() => input?.select()} />
      </div>
    </div>
  );
}

/** Copies a text, and says for a moment that it did. */
export function CopyButton(props: { value: string; onCopy: () => void }): JSX.Element {
  const [isCopied, setCopied] = createSignal(false);
  const copy = async (): Promise<void> => {
    props.onCopy();
    await navigator.clipboard?.writeText(props.value).catch(() => undefined);
    setCopied(true);
    setTimeout(setCopied, 2000, false);
  };
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      {isCopied() ? t("action.copied") : t("action.copy")}
    </button>
  );
}
