import { type JSX, Show } from "solid-js";
import { t } from "../i18n/i18n";
import { CopyField } from "../ui/copy-field";
import { Popover } from "../ui/menu";
import { useEditor } from "./context";

/** The truth about one's edits, in one word; the reason behind it a press away. */
export function SaveBadge(): JSX.Element {
  const { session } = useEditor();
  const word = () => {
    const now = session.save();
    if (now.kind === "offline") {
      return now.count > 0 ? t("save.unsent", { n: now.count }) : t("save.offline");
    }
    return now.kind === "denied" ? t("gone.title") : t(`save.${now.kind}`);
  };
  const reason = () => {
    const now = session.save();
    if (now.kind === "saving") return t("save.savingText", { n: now.count });
    if (now.kind === "denied") return now.reason;
    return now.kind === "opening" ? t("save.opening") : t(`save.${now.kind}Text`);
  };
  const refusal = () => {
    const now = session.save();
    return now.kind === "refused" ? now.refusal : null;
  };
  const dismiss = (): void => {
    session.shared.dismissRefusal();
    session.sharedSite.dismissRefusal();
  };
  return (
    <Popover
      label={word()}
      role="dialog"
      class="wide"
      trigger={(attributes) => (
        <button
          type="button"
          class={`save ${session.save().kind}`}
          data-state={session.save().kind}
          {...attributes}
        >
          <i aria-hidden="true" />
          <span role="status">{word()}</span>
        </button>
      )}
    >
      {(close) => (
        <div class="stack tight">
          <b>{word()}</b>
          <p>{reason()}</p>
          <Show when={refusal()}>
            {(found) => (
              <>
                <p class="note">{[found().reason, found().hint].filter(Boolean).join(". ")}</p>
                <Show when={found().text}>
                  <CopyField label={t("save.refusedWords")} value={found().text} />
                </Show>
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    close();
                    dismiss();
                  }}
                >
                  {t("action.dismiss")}
                </button>
              </>
            )}
          </Show>
        </div>
      )}
    </Popover>
  );
}
