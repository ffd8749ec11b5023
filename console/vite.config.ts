// The console's build: stable names for what the page asks for, hashed names for what is loaded later.

import { join } from "node:path";
import { defineConfig } from "vite";
import { guides } from "./guides.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  publicDir: "public",
  plugins: [guides(join(import.meta.dirname, "../docs"))],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    // The policy of the page allows no inline script, and browsers that lack module preloading do without.
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { app: "src/main.tsx" },
      // What every view needs is one file, which the page asks for: anything split off would be asked for only after it.
      preserveEntrySignatures: false,
      output: {
        codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] },
        entryFileNames: "console/[name].js",
        chunkFileNames: ({ name, facadeModuleId }) => {
          const [, language, part] = /locales\/(\w+)\/(\w+)\.ftl/.exec(facadeModuleId ?? "") ?? [];
          const texts = part === "console" ? language : `${part}-${language}`;
          return `console/${language ? texts : name}-[hash].js`;
        },
        assetFileNames: "console/app[extname]",
      },
    },
  },
});
