import { createSignal, For, type JSX, Show } from "solid-js";
import { type Asset, api } from "../api";
import { t } from "../i18n/i18n";
import { IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { stable } from "../ui/stable";
import { attempt } from "../ui/toast";
import { press } from "./cargo";
import { useEditor } from "./context";
import { insertNodes } from "./inserting";
import { uploadFiles, uploading } from "./media-upload";
import { w } from "./media-words";

export function MediaPanel(): JSX.Element {
  const { session, stage } = useEditor();
  const [open, setOpen] = createSignal<string | null>(null);
  const opened = () => session.library.assets().find(({ id }) => id === open());
  const node = (asset: Asset) => [{ type: "image", props: { src: asset.id } }];
  const carry = (event: PointerEvent, asset: Asset): void => {
    if (!session.canEdit) return;
    press(stage, event, () => ({
      label: asset.name,
      type: "image",
      ids: [],
      drop: (parent, index) => insertNodes(session, node(asset), session.placeAt(parent, index)),
    }));
  };
  const saveAlt = async (asset: Asset, alt: string): Promise<void> => {
    const change = { alt: { ...asset.alt, [session.locale()]: alt } };
    const saved = await attempt(() => api.changeAsset(session.info.site.id, asset.id, change));
    if (saved) session.library.replace(saved);
  };
  const remove = async (asset: Asset): Promise<void> => {
    await attempt(async () => {
      await api.deleteAsset(session.info.site.id, asset.id);
      session.library.drop(asset.id);
    });
  };
  return (
    <>
      <DropZone />
      <div class="panel-scroll">
        <Show when={opened()}>
          {(asset) => (
            <div class="asset-detail">
              <img src={asset().thumb || asset().url} alt={asset().alt[session.locale()] ?? ""} />
              <b>{asset().name}</b>
              <span class="note">
                {asset().width} × {asset().height} · {Math.round(asset().size / 1024)} kB
              </span>
              <label class="field">
                <span class="label">
                  {w("alt")} · {session.locale().toUpperCase()}
                </span>
                <textarea
                  class="input"
                  rows="2"
                  disabled={!session.canWrite}
                  value={asset().alt[session.locale()] ?? ""}
                  onChange={(event) => void saveAlt(asset(), event.currentTarget.value.trim())}
                />
              </label>
              <div class="line">
                <button
                  type="button"
                  class="button primary small"
                  disabled={!session.canEdit}
                  onClick={() => insertNodes(session, node(asset()))}
                >
                  {w("insert")}
                </button>
                <span class="grow" />
                <IconButton
                  icon="trash-2"
                  label={w("delete")}
                  disabled={!session.canEdit}
                  onPress={() => void remove(asset())}
                />
              </div>
            </div>
          )}
        </Show>
        <Grid
          chosen={open()}
          onPress={carry}
          onChoose={(asset) => setOpen((now) => (now === asset.id ? null : asset.id))}
        />
      </div>
    </>
  );
}

/** A window to choose one image, for a property of an element. */
export function MediaPicker(props: {
  onPick: (asset: Asset) => void;
  onClose: () => void;
}): JSX.Element {
  return (
    <Dialog title={t("media.pick")} wide onClose={props.onClose}>
      <DropZone onDone={(assets) => assets[0] && props.onPick(assets[0])} />
      <div class="picker-scroll">
        <Grid chosen={null} onChoose={props.onPick} />
      </div>
    </Dialog>
  );
}

function Grid(props: {
  chosen: string | null;
  onChoose: (asset: Asset) => void;
  onPress?: (event: PointerEvent, asset: Asset) => void;
}): JSX.Element {
  const { session } = useEditor();
  const assets = stable(() => session.library.assets());
  return (
    <Show when={assets().length > 0} fallback={<p class="empty">{w("empty")}</p>}>
      <ul class="asset-grid">
        <For each={assets()}>
          {(asset) => (
            <li>
              <button
                type="button"
                class="asset"
                aria-pressed={props.chosen === asset.id}
                data-tip={asset.name}
                onPointerDown={(event) => props.onPress?.(event, asset)}
                onClick={() => props.onChoose(asset)}
              >
                <img
                  src={asset.thumb || asset.url}
                  alt={asset.alt[session.locale()] || asset.name}
                  loading="lazy"
                  draggable={false}
                />
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function DropZone(props: { onDone?: (assets: Asset[]) => void }): JSX.Element {
  const { session } = useEditor();
  const [isOver, setOver] = createSignal(false);
  const send = async (files: FileList | null | undefined): Promise<void> => {
    const done = await uploadFiles(session, [...(files ?? [])]);
    if (done.length > 0) props.onDone?.(done);
  };
  return (
    <label
      class="drop-zone"
      classList={{ over: isOver() }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void send(event.dataTransfer?.files);
      }}
    >
      <input
        type="file"
        class="sr-only"
        accept="image/*"
        multiple
        disabled={!session.canWrite}
        onChange={(event) => void send(event.currentTarget.files)}
      />
      <Show when={uploading() > 0} fallback={<Icon name="upload" />}>
        <span class="spinner" />
      </Show>
      <b>{uploading() > 0 ? w("uploading", { n: uploading() }) : w("drop")}</b>
      <span class="note">{w("dropText")}</span>
    </label>
  );
}
