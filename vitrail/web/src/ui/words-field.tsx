import { createUniqueId, type JSX } from "solid-js";
import { t } from "../i18n/i18n";
import { CopyButton } from "./copy-field";

const MOST_ROWS = 8;

/** Words to take away, on several lines: copied, or as a file. */
export function WordsField(props: { label: string; value: string; file: string }): JSX.Element {
  const id = createUniqueId();
  let area: HTMLTextAreaElement | undefined;
  const download = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([props.value], { type: "text/plain" }));
    link.download = props.file;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        ref={area}
        id={id}
        class="input"
        readonly
        rows={Math.min(props.value.split("\n").length + 1, MOST_ROWS)}
        value={props.value}
      />
      <div class="line">
        <CopyButton value={props.value} onCopy={() => area?.select()} />
        <button type="button" class="button" onClick={download}>
          {t("action.download")}
        </button>
      </div>
    </div>
  );
}
