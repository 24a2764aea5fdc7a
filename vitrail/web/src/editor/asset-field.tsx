import { createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import { t } from "../i18n/i18n";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { useEditor } from "./context";
import { Field, TextField } from "./fields";

const MediaPicker = lazy(() => import("./media-panel").then((m) => ({ default: m.MediaPicker })));
const ID = /^[\w-]{6,40}$/;

/** An image of the library; files that are not images are given by their address. */
export function AssetField(props: {
  label: string;
  value: string;
  onChange: (value: string | null) => void;
}): JSX.Element {
  const { session } = useEditor();
  const [isPicking, setPicking] = createSignal(false);
  const asset = () => session.library.assets().find(({ id }) => id === props.value);
  const isAddress = () => props.value !== "" && !asset() && !ID.test(props.value);
  return (
    <Show
      when={!isAddress()}
      fallback={
        <TextField
          label={props.label}
          value={props.value}
          onChange={(value) => props.onChange(value || null)}
        />
      }
    >
      <Field label={props.label} isTall>
        {(id) => (
          <div class="asset-field">
            <button
              id={id}
              type="button"
              class="asset-choice"
              disabled={!session.canWrite}
              onClick={() => setPicking(true)}
            >
              <Show when={asset()} fallback={<Icon name="image" />}>
                {(found) => <img src={found().thumb || found().url} alt="" />}
              </Show>
              <span>{asset()?.name ?? t("media.pick")}</span>
            </button>
            <Show when={props.value}>
              <IconButton icon="x" label={t("media.remove")} onPress={() => props.onChange(null)} />
            </Show>
            <Show when={isPicking()}>
              <Suspense>
                <MediaPicker
                  onClose={() => setPicking(false)}
                  onPick={(picked) => {
                    setPicking(false);
                    props.onChange(picked.id);
                  }}
                />
              </Suspense>
            </Show>
          </div>
        )}
      </Field>
    </Show>
  );
}
