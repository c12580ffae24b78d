// Build the page into the folder that is named: page.html with the names of its files, the files, and the licences.
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";

import { licencesOf } from "./licences.mjs";

const out = process.argv[2];

// The fonts would be three quarters of the style sheet; the system's do.
const withoutFonts = {
  name: "without-fonts",
  setup: ({ onLoad }) =>
    onLoad({ filter: /graphiql[/\\]dist[/\\]style\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/@font-face\s*\{[^}]*\}/g, ""),
      loader: "css",
    })),
};

const { metafile } = await build({
  entryPoints: ["page.jsx"],
  outdir: out,
  entryNames: "[name]-[hash]",
  bundle: true,
  // Where the packages lie must not show in what is built.
  preserveSymlinks: true,
  minify: true,
  jsx: "automatic",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [withoutFonts],
  metafile: true,
});

let page = await readFile("page.html", "utf8");
for (const file of Object.keys(metafile.outputs)) {
  page = page.replace(`PAGE${file.slice(file.lastIndexOf("."))}`, basename(file));
}
await writeFile(join(out, "page.html"), page);
await writeFile(join(out, "LICENCES.txt"), await licencesOf(Object.keys(metafile.inputs)));
