import { createSignal } from "solid-js";
import { type Asset, api } from "../api";
import { t } from "../i18n/i18n";
import { explain, notify } from "../ui/toast";
import type { Session } from "./session";

const [uploading, setUploading] = createSignal(0);

export { uploading };

/** Send images to the site's library, one after the other; what fails is said, the rest goes on. */
export async function uploadFiles(session: Session, files: readonly File[]): Promise<Asset[]> {
  const images = files.filter((file) => file.type.startsWith("image/"));
  const done: Asset[] = [];
  setUploading((count) => count + images.length);
  for (const file of images) {
    try {
      const asset = await api.upload(session.info.site.id, file);
      session.library.add(asset);
      done.push(asset);
    } catch (error) {
      notify(() => t("media.failed", { name: file.name, reason: explain(error) }));
    } finally {
      setUploading((count) => count - 1);
    }
  }
  if (done.length > 0) notify(t("media.done", { n: done.length }));
  return done;
}
