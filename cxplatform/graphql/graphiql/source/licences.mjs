// The licence texts of every package that a file of it went into the page.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

export async function licencesOf(inputs) {
  const folders = inputs.map((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]);
  const texts = await Promise.all([...new Set(folders)].filter(Boolean).sort().map(licenceOf));
  return texts.join(`\n${"=".repeat(80)}\n\n`);
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((found) => /^licen[cs]e/i.test(found));
  const text = file ? await readFile(join(folder, file), "utf8") : "(the package brings no text of its own)\n";
  return `${name} ${version}, ${license}\n\n${text}`;
}
