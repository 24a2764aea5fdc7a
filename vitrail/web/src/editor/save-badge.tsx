import { For, type JSX, Show } from "solid-js";
import { sentences } from "../i18n/errors";
import { t } from "../i18n/i18n";
import { Popover } from "../ui/menu";
import { WordsField } from "../ui/words-field";
import { textsOf, titleOf } from "./closure";
import { useEditor } from "./context";
import { LossText } from "./lost-words";

/** The truth about one's edits, in one word; the reason behind it a press away. */
export function SaveBadge(): JSX.Element {
  const { session } = useEditor();
  const word = () => {
    const now = session.save();
    if (now.kind === "offline") {
      return now.count > 0 ? t("save.unsent", { n: now.count }) : t("save.offline");
    }
    if (now.kind !== "denied") return t(`save.${now.kind}`);
    const closure = session.closure();
    return closure ? titleOf(closure) : t("gone.title");
  };
  const reasons = (): readonly string[] => {
    const now = session.save();
    if (now.kind === "replaced") return [];
    if (now.kind === "saving") return [t("save.savingText", { n: now.count })];
    if (now.kind === "opening") return [t("save.opening")];
    if (now.kind !== "denied") return [t(`save.${now.kind}Text`)];
    const closure = session.closure();
    return closure ? textsOf(closure) : [sentences(now.reason)];
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
          <For each={reasons()}>{(text) => <p>{text}</p>}</For>
          <Show when={session.loss()}>
            {(loss) => (
              <>
                <LossText of={loss()} />
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    close();
                    session.dismissLoss();
                  }}
                >
                  {t("save.letGo")}
                </button>
              </>
            )}
          </Show>
          <Show when={refusal()}>
            {(found) => (
              <>
                <p class="note">{sentences(found().reason, found().hint)}</p>
                <Show when={found().text}>
                  <WordsField
                    label={t("save.refusedWords")}
                    value={found().text}
                    file="vitrail.txt"
                  />
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
