import { createSignal, type JSX, Show } from "solid-js";
import { t } from "../i18n/i18n";
import type { Loss } from "../sync/shared-doc";
import { Dialog } from "../ui/dialog";
import { WordsField } from "../ui/words-field";
import { useEditor } from "./context";

/** Says at once that edits could not be kept; until they are let go, the save badge has them too. */
export function LostWords(): JSX.Element {
  const { session } = useEditor();
  const [isHidden, setHidden] = createSignal(false);
  return (
    <Show when={!isHidden() && session.loss()}>
      {(loss) => (
        <Dialog title={t("save.replaced")} onClose={() => setHidden(true)}>
          <div class="stack">
            <LossText of={loss()} />
            <div class="dialog-foot">
              <button type="button" class="button primary" onClick={() => session.dismissLoss()}>
                {t("save.letGo")}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </Show>
  );
}

/** What was lost, and its words to take away. */
export function LossText(props: { of: Loss }): JSX.Element {
  return (
    <>
      <p>{t("save.replacedText", { n: props.of.changes })}</p>
      <Show when={props.of.text} fallback={<p>{t("save.replacedWordless")}</p>}>
        <WordsField label={t("save.replacedWords")} value={props.of.text} file="vitrail.txt" />
      </Show>
    </>
  );
}
