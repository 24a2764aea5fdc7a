import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

/** An icon as the inside of its `<svg>`: its licence and attributes are the same for all. */
function icons(): Plugin {
  return {
    name: "icons",
    enforce: "pre",
    load(id) {
      if (!id.endsWith(".svg?icon")) return null;
      const source = readFileSync(id.slice(0, -5), "utf8");
      const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(source)?.[1] ?? "";
      return `export default ${JSON.stringify(inside.replace(/\s+/g, " ").trim())}`;
    },
  };
}

export default defineConfig({
  base: "/static/",
  plugins: [icons(), solid()],
  server: { fs: { allow: [".."] } },
  test: { environment: "node" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: "es2022",
    rollupOptions: {
      input: { editor: "src/editor/main.tsx", dashboard: "src/dashboard/main.tsx" },
    },
  },
});
