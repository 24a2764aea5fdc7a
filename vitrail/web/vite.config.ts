import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/",
  plugins: [solid()],
  server: { fs: { allow: [".."] } },
  test: { environment: "node" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: "es2022",
    rollupOptions: { input: { editor: "src/editor/main.tsx", dashboard: "src/dashboard/main.tsx" } },
  },
});
