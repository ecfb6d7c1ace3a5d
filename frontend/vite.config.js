// One build for every tenant. Nothing is loaded from another host, nothing is inline.
// main.js is on every page; editor.js, with bpmn-js, only on the pages that draw a process.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// The few icons in use, as one sprite: names of @tabler/icons (outline), one a line in icons.txt.
function iconSprite() {
  return {
    name: "icon-sprite",
    generateBundle() {
      const names = readFileSync(here("./assets/icons.txt"), "utf8").split("\n").filter(Boolean);
      const symbols = names.map((name) => {
        const svg = readFileSync(here(`./node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8");
        const inside = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
        return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s*\n\s*/g, "")}</symbol>`;
      });
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}

export default defineConfig({
  root: here("."),
  base: "/static/",
  publicDir: false,
  plugins: [iconSprite()],
  css: { preprocessorOptions: { scss: { loadPaths: [here("./node_modules")], quietDeps: true } } },
  build: {
    outDir: here("./assets/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["assets/main.js", "assets/editor.js"] },
  },
});
