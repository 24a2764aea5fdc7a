/** Subscriptions over one socket (graphql-transport-ws); it comes back by itself. */

interface Subscription {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Called with what each event has selected. */
  readonly onEvent: (data: never) => void;
  /** Called when all there is should be read: when events begin to be told, again after each pause. */
  readonly onBegin: () => void;
}

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: unknown };
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** Nobody says when a subscription has begun: what happened before it had is read once more after so long. */
const SETTLED = 3000;

class GraphFeed {
  readonly #subscriptions = new Map<string, Subscription>();
  #socket: WebSocket | null = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  #isReady = false;
  #count = 0;

  /** Follow something until the function that is returned is called. */
  follow(subscription: Subscription): () => void {
    const id = String(++this.#count);
    this.#subscriptions.set(id, subscription);
    if (this.#isReady) this.#begin(id, subscription);
    else if (!this.#socket && !this.#timer) this.#open();
    return () => {
      this.#subscriptions.delete(id);
      this.#send({ id, type: "complete" });
      if (this.#subscriptions.size === 0) this.#socket?.close();
    };
  }

  #open(): void {
    this.#timer = 0;
    if (this.#subscriptions.size === 0) return;
    const address = `${location.origin.replace(/^http/, "ws")}/graphql`;
    const socket = new WebSocket(address, "graphql-transport-ws");
    this.#socket = socket;
    socket.onopen = () => this.#send({ type: "connection_init" });
    socket.onmessage = (event) => this.#take(JSON.parse(String(event.data)));
    socket.onclose = () => {
      this.#socket = null;
      this.#isReady = false;
      this.#timer = window.setTimeout(() => this.#open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }

  #take(message: Message): void {
    if (message.type === "connection_ack") {
      this.#wait = FIRST_WAIT;
      this.#isReady = true;
      for (const [id, subscription] of this.#subscriptions) this.#begin(id, subscription);
    } else if (message.type === "ping") this.#send({ type: "pong" });
    else if (message.type === "next" && message.payload?.data)
      this.#subscriptions.get(message.id ?? "")?.onEvent(message.payload.data as never);
    // It ended on the server's side: begin anew with all others, after the same pause.
    else if (message.type === "error" || message.type === "complete") {
      if (this.#subscriptions.has(message.id ?? "")) this.#socket?.close();
    }
  }

  #begin(id: string, { query, variables, onBegin }: Subscription): void {
    this.#send({ id, type: "subscribe", payload: { query, variables } });
    onBegin();
    setTimeout(() => this.#subscriptions.has(id) && onBegin(), SETTLED);
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

/** The one of this tab. */
export const feed = new GraphFeed();
