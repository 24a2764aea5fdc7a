import { onCleanup } from "solid-js";
import type * as Y from "yjs";
import { isShown } from "../canvas/canvas";
import { t } from "../i18n/i18n";
import type { Session } from "./session";

const QUIET_MS = 3000;

/** Say when someone else changes what one has selected; a removed node leaves the selection. */
export function listenForRemoteChanges(session: Session): void {
  let saidAt = 0;
  const nodes = session.page.getMap("nodes");
  const listen = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
    if (transaction.local) return;
    const chosen = session.selection();
    const touched = events
      .map((event) => event.path[0])
      .filter((id) => chosen.includes(String(id)));
    const id = touched[0];
    if (typeof id !== "string") return;
    const name = session.store.label(id);
    const left = chosen.filter((each) => isShown(session.store.tree(), each));
    if (left.length < chosen.length) {
      session.select(left);
      session.setAnnounced(t("canvas.remoteRemove", { name }));
    } else if (Date.now() - saidAt > QUIET_MS) {
      saidAt = Date.now();
      session.setAnnounced(t("canvas.remoteChange", { name }));
    }
  };
  nodes.observeDeep(listen);
  onCleanup(() => nodes.unobserveDeep(listen));
}
