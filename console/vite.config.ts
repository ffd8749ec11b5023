// The console's build: stable names for what the page asks for, hashed names for what is loaded later.

import { join } from "node:path";
import { defineConfig } from "vite";
import { guides } from "./guides.ts";
import { libraries } from "./libraries.ts";

const shared = {
  target: "es2022",
  cssCodeSplit: false,
  // The policy of the page allows no inline script, and browsers that lack module preloading do without.
  modulePreload: { polyfill: false },
};

/** Each page is built by itself: a file that both had in common would be asked for only after the first. */
function output(name: string) {
  return {
    // What every view needs is one file, which the page asks for: anything split off would be asked for only after it.
    preserveEntrySignatures: false as const,
    output: {
      codeSplitting: { groups: [{ name, tags: ["$initial" as const] }] },
      entryFileNames: "console/[name].js",
      chunkFileNames: ({ name, facadeModuleId }: { name: string; facadeModuleId: string | null }) => {
        const [, language, part] = /locales\/(\w+)\/(\w+)\.ftl/.exec(facadeModuleId ?? "") ?? [];
        const texts = part === "console" ? language : `${part}-${language}`;
        return `console/${language ? texts : name}-[hash].js`;
      },
      assetFileNames: `console/${name}[extname]`,
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  publicDir: "public",
  plugins: [{ ...guides(join(import.meta.dirname, "../docs")), applyToEnvironment: ({ name }) => name === "client" }, libraries()],
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: "console/[name]-[hash].js" } } },
  build: { ...shared, outDir: "dist" },
  environments: {
    client: { build: { emptyOutDir: true, rollupOptions: { input: { app: "src/main.tsx" }, ...output("app") } } },
    join: {
      consumer: "client",
      build: { emptyOutDir: false, copyPublicDir: false, rollupOptions: { input: { join: "src/join/main.tsx" }, ...output("join") } },
    },
    check: {
      consumer: "client",
      build: { emptyOutDir: false, copyPublicDir: false, rollupOptions: { input: { check: "src/check/main.tsx" }, ...output("check") } },
    },
  },
  builder: {},
});
