import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

export default defineConfig({
  base: "/static/",
  plugins: [solid()],
  server: { fs: { allow: [".."] } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: "es2022",
    rollupOptions: { input: { editor: "src/editor/main.tsx", dashboard: "src/dashboard/main.tsx" } },
  },
});
