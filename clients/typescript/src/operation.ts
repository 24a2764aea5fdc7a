interface Operation<Kind extends string, Data, Variables> {
  kind: Kind;
  /** What the operation is called in its document. */
  name: string;
  /** SHA-256 of its text, in hexadecimal: its name as a persisted document. */
  hash: string;
  text: string;
  /** Only for the compiler: what is answered, and asked with. */
  types?: [Data, Variables];
}

export type Query<Data, Variables> = Operation<"query", Data, Variables>;
export type Mutation<Data, Variables> = Operation<"mutation", Data, Variables>;
export type Subscription<Data, Variables> = Operation<"subscription", Data, Variables>;

/** Variables, which may be left out where none is needed. */
export type Given<Variables> =
  Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];
