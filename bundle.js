// Makes the files in the `dist` folders: what a page loads, and what a widget brings to JupyterLab.
// `make bundle` writes them; with --check it only says which are not as their sources.

import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.join(import.meta.dirname, "widgets/myths");
const PAGES = [
  "page",
  "stock",
  "exit",
  "code",
  "once",
  "print",
  "joined",
  "retry",
  "lead",
  "studio",
  "projector",
  "ask",
  "network",
  "publish",
  "recording",
];
const SURPLUS = "server/dist/exit.css"; // every page has these rules in page.css

/** @param {string} pattern */
const files = (pattern) =>
  globSync(pattern, { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));

/**
 * The scripts of a folder's components; one is a .py, a .js and a .css of the same name.
 * @param {string} folder
 */
function components(folder) {
  const has = new Set(files(`${folder}/*`));
  const names = files(`${folder}/*.css`).map((file) => path.parse(file).name);
  return names
    .filter((name) => has.has(`${folder}/${name}.py`))
    .map((name) => ({ in: `${folder}/${name}.js`, out: `${folder}/dist/${name}` }));
}

const entries = [
  ...components("components"),
  ...components("console"),
  ...components("studio"),
  { in: "studio/draft_page.css", out: "studio/dist/draft_page" },
  ...components("evaluation/coding"),
  ...PAGES.map((name) => ({ in: `server/static/${name}.js`, out: `server/dist/${name}` })),
  { in: "server/static/forms.css", out: "server/dist/forms" },
];

const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: entries,
  outdir: ".",
  bundle: true,
  charset: "utf8",
  format: "esm",
  minify: true,
  target: "es2022",
  write: false,
});
/** @type {Map<string, Uint8Array>} */
const made = new Map();
for (const { path: full, contents } of outputFiles) {
  const file = path.relative(ROOT, full).replaceAll("\\", "/");
  if (file !== SURPLUS) made.set(file, contents);
}
const old = files("**/dist/*");

if (process.argv.includes("--check")) {
  const stale = [...made].filter(
    ([file, contents]) =>
      !old.includes(file) || !readFileSync(path.join(ROOT, file)).equals(contents),
  );
  const wrong = [...stale.map(([file]) => file), ...old.filter((file) => !made.has(file))];
  for (const file of wrong)
    console.error(`widgets/myths/${file} is not as its source is: make bundle`);
  process.exitCode = wrong.length ? 1 : 0;
} else {
  for (const file of old) if (!made.has(file)) rmSync(path.join(ROOT, file));
  for (const [file, contents] of made) {
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), contents);
  }
}
