// Stock providers in one room: y-websocket and Hocuspocus write at once and must end equal.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const [base, token, name, rounds = "20"] = process.argv.slice(2);
const seen = (doc) => JSON.stringify([doc.getMap("m").toJSON(), doc.getText("t").toString()]);
const wait = async (check, what) => {
  const end = Date.now() + 30_000;
  while (!check()) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const one = new Y.Doc();
const other = new Y.Doc();
const y = new WebsocketProvider(`${base}/collab/y`, name, one, {
  params: { token },
  WebSocketPolyfill: WebSocket,
  disableBc: true,
});
const socket = new HocuspocusProviderWebsocket({
  url: `${base}/collab/hp`,
  WebSocketPolyfill: WebSocket,
});
const hp = new HocuspocusProvider({ websocketProvider: socket, name, document: other, token });
hp.attach();
await wait(() => y.synced && hp.isSynced, "sync");
for (let round = 0; round < Number(rounds); round++) {
  one.getText("t").insert(0, `é${round}`);
  other.getText("t").insert(other.getText("t").length, `🎉${round}`);
  one.getMap("m").set("shared", `y${round}`);
  other.getMap("m").set("shared", `hp${round}`);
  one.getMap("m").set(`y${round}`, round);
  if (round % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
await wait(() => seen(one) === seen(other) && !hp.hasUnsyncedChanges, "equal, all acknowledged");
console.log(seen(one));
y.destroy();
hp.destroy();
socket.destroy();
process.exit(0);
