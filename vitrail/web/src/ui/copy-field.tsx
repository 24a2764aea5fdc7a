import { createSignal, createUniqueId, type JSX } from "solid-js";
import { t } from "../i18n/i18n";

/** Something to take away: a link or a secret, with a button that copies it. */
export function CopyField(props: { label: string; value: string; name?: string }): JSX.Element {
  const [isCopied, setCopied] = createSignal(false);
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  const copy = async (): Promise<void> => {
    input?.select();
    await navigator.clipboard?.writeText(props.value).catch(() => undefined);
    setCopied(true);
    setTimeout(setCopied, 2000, false);
  };
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
        <button type="button" class="button" onClick={() => void copy()}>
          {isCopied() ? t("action.copied") : t("action.copy")}
        </button>
      </div>
    </div>
  );
}
