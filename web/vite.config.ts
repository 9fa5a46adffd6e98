import { readdirSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunks } from "./build/chunks.ts";
import { earlyScript } from "./build/earlyScript.ts";
import { servedModules } from "./build/servedModules.ts";
import { sharedModules } from "./build/sharedModules.ts";

const server = process.env.CALLBOARD_URL ?? "http://127.0.0.1:7007";
const pages = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".html"));
const split = chunks("/src/main.tsx");

// biome-ignore lint/style/noDefaultExport: the tool asks for it
export default defineConfig({
  plugins: [
    react(),
    split.plugin,
    earlyScript("src/theme/early.js"),
    sharedModules("index.html", "#sdk/sdk.ts"),
    servedModules(server),
  ],
  build: {
    target: ["chrome123", "firefox124", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: pages,
      output: { codeSplitting: { groups: split.groups } },
      // The query editor's packages carry directives for a compiler that does not run here.
      onLog: (level, log, handle) => log.code !== "MODULE_LEVEL_DIRECTIVE" && handle(level, log),
    },
    // The query editor is one big piece, loaded on its own page alone.
    chunkSizeWarningLimit: 6000,
  },
  // Its workers are imports that only Vite itself knows how to read.
  optimizeDeps: { exclude: ["@graphiql/react/setup-workers/vite", "graphiql/setup-workers/vite"] },
  server: {
    proxy: {
      "/graphql/ws": { target: server, ws: true },
      "/graphql": server,
      "/schema.graphql": server,
      "/auth": server,
      "/audit": server,
      "^/modules/": server,
      "^/api/": server,
    },
  },
});
