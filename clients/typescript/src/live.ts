import { createClient, type Client as Socket } from "graphql-ws/client";
import { type AnswerError, RequestFailed, Unreachable } from "./errors.ts";

const PING_MS = 12_000;
const LONGEST_WAIT_MS = 30_000;

/** What is followed at a server, over one socket that is opened again whenever it is lost. */
export class Live {
  readonly #socket: Socket;

  constructor(
    url: string,
    token: () => Promise<string>,
    onLive: (isLive: boolean) => void,
    webSocketImpl?: typeof WebSocket,
  ) {
    this.#socket = createClient({
      url,
      ...(webSocketImpl && { webSocketImpl }),
      connectionParams: async () => {
        const known = await token();
        return known ? { token: known } : {};
      },
      on: { connected: () => onLive(true), closed: () => onLive(false) },
      keepAlive: PING_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true, // all but the codes that the protocol says are final
      retryWait: (tries) => {
        const most = Math.min(500 * 2 ** tries, LONGEST_WAIT_MS);
        return new Promise((done) => setTimeout(done, most * (0.5 + Math.random() / 2)));
      },
    });
  }

  /** Yield events until the subscription ends; `variables` are changed: `sinceSeq` follows what has arrived. */
  async *follow<Data extends object>(
    operationName: string,
    query: string,
    variables: Record<string, unknown>,
  ): AsyncGenerator<Data, void, void> {
    const arrived: Data[] = [];
    let ended: { error?: unknown } | null = null;
    let wake = () => {};
    // The client writes this object anew each time that it subscribes.
    const payload = { operationName, query, variables };
    const stop = this.#socket.subscribe<Data>(payload, {
      next: ({ data, errors }) => {
        if (data && !errors) {
          arrived.push(data);
          const [event] = Object.values(data) as { seq?: unknown }[];
          if (typeof event?.seq === "number") variables.sinceSeq = event.seq;
        } else {
          ended = { error: new RequestFailed((errors ?? []) as AnswerError[], 0, data) };
        }
        wake();
      },
      error: (error) => {
        ended = { error: failure(error) };
        wake();
      },
      complete: () => {
        ended ??= {};
        wake();
      },
    });
    try {
      while (true) {
        yield* arrived.splice(0);
        if (arrived.length === 0 && ended !== null) break;
        if (arrived.length === 0) await new Promise<void>((done) => (wake = done));
      }
      const { error } = ended as { error?: unknown };
      if (error) throw error;
    } finally {
      stop();
    }
  }

  async close(): Promise<void> {
    await this.#socket.dispose();
  }
}

function failure(error: unknown): Error {
  if (Array.isArray(error)) return new RequestFailed(error as AnswerError[]);
  const { code, reason } = error as { code?: number; reason?: string };
  if (code === 4401) {
    return new RequestFailed([
      { message: reason || "not signed in", extensions: { code: "not_signed_in" } },
    ]);
  }
  return new Unreachable(reason || "the socket was closed", { cause: error });
}
