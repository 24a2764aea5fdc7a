import { type AnswerError, Refused, RequestFailed, Unreachable } from "./errors.ts";
import type { UserError } from "./generated/operations.ts";
import { Live } from "./live.ts";
import type { Given, Mutation, Query, Subscription } from "./operation.ts";

export interface Options {
  /** Its address, such as https://sites.example.org. */
  server: string;
  /** A token, or what returns the one of this moment; without one nobody is asking. */
  token?: string | (() => string | Promise<string>);
  /**
   * How a document is named: by its `hash` (its text is sent once to a server that does not know it), as `trusted`
   * (by its hash to a server that was given documents.json, never as text), or by its whole `text`.
   */
  documents?: "hash" | "trusted" | "text";
  /** Told whether what is followed is live: at each connection, and when one is lost. */
  onLive?: (isLive: boolean) => void;
  fetch?: typeof fetch;
  WebSocket?: typeof WebSocket;
}

interface Answer<Data> {
  data?: Data | null;
  errors?: AnswerError[];
  /** Of what is refused before GraphQL. */
  error?: { code: string; message: string };
}

const UNKNOWN_HASH = "PERSISTED_QUERY_NOT_FOUND";

/** Somebody at a server. */
export class Client {
  readonly #options: Options;
  readonly #address: string;
  readonly #live: Live;

  constructor(options: Options) {
    this.#options = options;
    this.#address = `${options.server.replace(/\/$/, "")}/graphql`;
    this.#live = new Live(
      this.#address.replace(/^http/, "ws"),
      () => this.#token(),
      options.onLive ?? (() => {}),
      options.WebSocket,
    );
  }

  /**
   * Ask once. Throws `RequestFailed` if any of it could not be answered, `Unreachable` if nothing was. What a
   * mutation did nothing for is in its `errors`.
   */
  async run<Data, Variables>(
    operation: Query<Data, Variables> | Mutation<Data, Variables>,
    ...[variables]: Given<Variables>
  ): Promise<Data> {
    const asked = { operationName: operation.name, variables };
    const persistedQuery = { version: 1, sha256Hash: operation.hash };
    const query = operation.text;
    switch (this.#options.documents ?? "hash") {
      case "text":
        return this.#ask<Data>({ ...asked, query });
      case "trusted":
        return this.#ask<Data>({ ...asked, documentId: operation.hash });
      case "hash":
        try {
          return await this.#ask<Data>({ ...asked, extensions: { persistedQuery } });
        } catch (error) {
          if (!(error instanceof RequestFailed && error.code === UNKNOWN_HASH)) throw error;
          return this.#ask<Data>({ ...asked, query, extensions: { persistedQuery } });
        }
    }
  }

  /** Run a mutation that is wanted: throws `Refused` with the reasons if it did nothing. */
  async change<Data extends object, Variables>(
    mutation: Mutation<Data, Variables>,
    ...variables: Given<Variables>
  ): Promise<Data> {
    const data = await this.run(mutation, ...variables);
    const payloads: { errors?: UserError[] }[] = Object.values(data);
    const errors = payloads.flatMap((payload) => payload.errors ?? []);
    if (errors.length > 0) throw new Refused(errors);
    return data;
  }

  /**
   * Yield the events of a subscription, over lost connections: one that takes `sinceSeq` goes on after the last event
   * that has arrived. Begin with the `sinceSeq` that is known, so that nothing is missed before the first one either.
   */
  follow<Data extends object, Variables>(
    subscription: Subscription<Data, Variables>,
    ...[variables]: Given<Variables>
  ): AsyncGenerator<Data, void, void> {
    return this.#live.follow<Data>(subscription.name, subscription.text, { ...variables });
  }

  /** Drop the socket, and with it all that is followed. */
  async close(): Promise<void> {
    await this.#live.close();
  }

  async #token(): Promise<string> {
    const { token } = this.#options;
    return typeof token === "function" ? token() : (token ?? "");
  }

  async #ask<Data>(body: object): Promise<Data> {
    const token = await this.#token();
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    const [response, answer] = await this.#fetch<Answer<Data>>(headers, JSON.stringify(body));
    const { data, errors, error } = answer;
    if (error || errors || data == null) {
      const told =
        errors ?? (error ? [{ message: error.message, extensions: { code: error.code } }] : []);
      const wait = Number(response.headers.get("Retry-After"));
      throw new RequestFailed(told, response.status, data, wait > 0 ? wait : null);
    }
    return data;
  }

  async #fetch<T>(headers: Record<string, string>, body: string): Promise<[Response, T]> {
    try {
      const response = await (this.#options.fetch ?? fetch)(this.#address, {
        method: "POST",
        headers,
        body,
      });
      return [response, (await response.json()) as T];
    } catch (error) {
      throw new Unreachable(`${this.#address} does not answer`, { cause: error });
    }
  }
}
