import "graphiql/graphiql.css";
import "./graphiql.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { api } from "../api";

const WELCOME = `# Everything that the editor can, programs can too: ask for what you may see.
# Ctrl+Space suggests, Ctrl+Enter runs, the book on the left explains the schema.

{
  me { name }
  sites(first: 5) {
    nodes {
      id
      name
      pages(first: 5) { nodes { id title path } }
    }
  }
}
`;

const { csrf } = await api.me();
const root = document.getElementById("app");
if (root) {
  root.style.height = "100dvh";
  const socket = new URL("/graphql", location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  const fetcher = createGraphiQLFetcher({
    url: "/graphql",
    subscriptionUrl: socket.href,
    headers: { "X-CSRF-Token": csrf },
  });
  createRoot(root).render(
    createElement(GraphiQL, { fetcher, defaultQuery: WELCOME, shouldPersistHeaders: false }),
  );
}
