// All that is used of React here: GraphiQL brings it, the rest of the interface is Solid.
declare module "react" {
  export function createElement(component: unknown, props: Record<string, unknown>): unknown;
}
declare module "react-dom/client" {
  export function createRoot(root: Element): { render(element: unknown): void };
}
