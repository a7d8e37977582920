/* Builds static/src into static/dist. Each .ts or .css file directly in static/src is an entry that a template can load with
   {% vite_asset "static/src/<name>" %}; files in its sub-folders are parts of entries. static/public is copied as it is. */
import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "vite";

const SOURCES = "static/src";
const isEntry = (name) => /\.(ts|css)$/.test(name) && !/\.(d|test)\.ts$/.test(name);
const entries = existsSync(SOURCES) ? readdirSync(SOURCES).filter(isEntry) : [];

export default defineConfig({
  base: "/static/",
  publicDir: "static/public",
  build: {
    outDir: "static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2022",
    rollupOptions: { input: entries.map((name) => `${SOURCES}/${name}`) },
  },
  test: {
    environment: "jsdom",
    include: ["static/src/**/*.test.ts", "tests/static/**/*.test.ts"],
    passWithNoTests: true,
  },
});
