import type { Session } from "./session";

interface Fragment {
  type: string;
  [key: string]: unknown;
}

/** A node and all under it, as the fragment that `insert` takes. */
export function toFragment(session: Session, id: string): Fragment {
  const node = session.node(id);
  if (!node) return { type: "box" };
  const props: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node.props)) {
    const [name = "", locale] = key.split("@");
    if (locale === undefined) props[name] = value;
    else props[name] = { ...(props[name] as object | undefined), [locale]: value };
  }
  const style: Record<string, string> = {};
  for (const [key, value] of Object.entries(node.styles)) {
    const [point = "_", state = "", property = ""] = key.split(":");
    style[state ? `${point}:${state}:${property}` : point === "_" ? property : `${point}:${property}`] = value;
  }
  const text = Object.fromEntries(
    Object.entries(node.texts).map(([locale, runs]) => [
      locale,
      runs.map(({ text: insert, marks }) => ({ insert, attributes: marks })),
    ]),
  );
  const fragment: Fragment = { type: node.type, props, style };
  if (node.name) fragment["name"] = node.name;
  if (node.tag) fragment["tag"] = node.tag;
  if (node.block) fragment["block"] = node.block;
  if (Object.keys(text).length) fragment["text"] = text;
  const children = session.canvas?.tree.children.get(id) ?? [];
  if (children.length) fragment["children"] = children.map((child) => toFragment(session, child));
  return fragment;
}
