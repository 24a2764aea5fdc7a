// Stock providers that keep writing while the server is killed and started again, without a reload.
// Prints the number of rounds now and then; a line on standard input ends it.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const [base, token, name] = process.argv.slice(2);
// As in a browser, an error that nobody listens to does no harm: the provider closes sockets that are still opening.
class Socket extends WebSocket {
  constructor(...words) {
    super(...words);
    this.on("error", () => undefined);
  }
}
const one = new Y.Doc();
const other = new Y.Doc();
const y = new WebsocketProvider(`${base}/collab/y`, name, one, {
  params: { token },
  WebSocketPolyfill: Socket,
  disableBc: true,
  maxBackoffTime: 500,
});
const socket = new HocuspocusProviderWebsocket({
  url: `${base}/collab/hp`,
  WebSocketPolyfill: Socket,
  minDelay: 100,
  delay: 200,
  maxDelay: 1_000,
});
const hp = new HocuspocusProvider({ websocketProvider: socket, name, document: other, token });
hp.attach();

let round = 0;
const writer = setInterval(() => {
  one.getMap("m").set(`y${round}`, round);
  other.getMap("m").set(`hp${round}`, round);
  other.getText("t").insert(0, "é");
  round += 1;
  if (round % 10 === 0) console.log(`${round} ${y.synced && hp.isSynced ? "on" : "off"}`);
}, 10);
process.stdin.once("data", () => {
  clearInterval(writer);
  const seen = (doc) => [doc.getMap("m").size, doc.getText("t").length];
  const check = setInterval(() => {
    if (String(seen(one)) !== String(seen(other)) || hp.hasUnsyncedChanges) return;
    clearInterval(check);
    console.log(JSON.stringify({ rounds: round, seen: seen(one) }));
    process.exit(0);
  }, 20);
});
