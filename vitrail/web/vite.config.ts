import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
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

const PACKED = /\.(js|css|svg)$/;

/** Every text file also as Brotli and gzip: made once here, not for each visitor. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => PACKED.test(name))) {
        const path = join(dir, name);
        const source = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(source));
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

const UI =
  /node_modules.(solid-js.(dist|web)|@floating-ui.(core|dom|utils)).|web.src.(api|i18n.i18n|i18n.errors(?=.ts)|ui.(button|icon|menu|toast|tooltip|theme|dialog|appearance-items|search-field|art|copy-field))\./;
const PAGE =
  /node_modules.(yjs|lib0|y-protocols|y-indexeddb|fractional-indexing).|builder.data.(primitives|themes|blocks)|web.src.(sync|model.(blocks|commands|css|documents|elements|errors|executor|fragments|keys|nodes|operations|pictures|primitives|render|rich-text|site|targets|tree|undo|values|workbench)|editor.(actions|context|fields|link-picker|cargo|media-upload|clipboard))/;

export default defineConfig({
  base: "/static/",
  plugins: [icons(), solid(), packed()],
  resolve: {
    alias: { "lib0/logging": fileURLToPath(new URL("src/sync/logging.ts", import.meta.url)) },
  },
  // Browsers read JSON faster than they parse the same as a program.
  json: { stringify: true },
  server: { fs: { allow: [".."] } },
  test: { environment: "node" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: "es2022",
    rollupOptions: {
      // GraphiQL's parts are written for servers too, and say so in each module.
      onwarn(warning, warn) {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
      input: {
        editor: "src/editor/main.tsx",
        dashboard: "src/dashboard/main.tsx",
        admin: "src/admin/main.tsx",
        graphiql: "src/graphiql/main.tsx",
      },
      output: {
        codeSplitting: {
          // What every screen begins with, and what the editor does: a file each, not one for each set of users.
          groups: [
            { name: "ui", test: UI },
            { name: "page", test: PAGE },
          ],
        },
      },
    },
  },
});
