import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default {
  root: path("."),
  base: "/",
  logLevel: "warn",
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    outDir: path("../target/www"),
    emptyOutDir: true,
    target: "es2022",
    // Nothing inline: the page's policy forbids data: scripts, and a cached file is better than a long one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    rollupOptions: {
      output: {
        // The package by itself, so that build.js can tell its weight from the page's.
        manualChunks: (id) => (/node_modules\/giftcard-partners\/.*\.js$/.test(id) ? "package" : undefined),
      },
    },
  },
  worker: { format: "es" },
};
