import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: the tool asks for it
export default defineConfig({ test: { include: ["src/**/*.test.ts", "build/**/*.test.ts"] } });
