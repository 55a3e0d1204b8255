// Puts the folder together that the server serves: style, public files, and a compressed
// copy beside each of them. Usage: node site.mjs SITE
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const site = resolve(process.argv[2] ?? join(root, 'target/site'));
const IMPORT = /^@import\s+(?:url\()?["']?([^"')\s]+)["']?\)?\s*(layer(?:\(([\w.-]+)\))?)?\s*([^;]*);/gm;
const COMPRESSED = new Set(['.js', '.wasm', '.css', '.svg', '.txt', '.json']);

/** A style sheet with everything that it imports in its place. */
function bundle(path) {
  const inline = (_, name, layered, layer, media) => {
    let text = bundle(join(dirname(path), name));
    if (media.trim()) text = `@media ${media.trim()} {\n${text}}\n`;
    return layered ? `@layer ${layer ?? ''} {\n${text}}\n` : text;
  };
  return readFileSync(path, 'utf8').replace(IMPORT, inline);
}

/** Every file below a folder. */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

/** Writes `path.br` and `path.gz`, unless they are newer than `path`. */
function compress(path) {
  const made = statSync(path).mtimeMs;
  const current = (suffix) => statSync(path + suffix, { throwIfNoEntry: false })?.mtimeMs >= made;
  if (current('.br') && current('.gz')) return;
  const bytes = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

mkdirSync(join(site, 'pkg'), { recursive: true });
writeFileSync(join(site, 'pkg/alur.css'), bundle(join(root, 'style/main.css')));
cpSync(join(root, 'public'), site, { recursive: true, preserveTimestamps: true });
files(site).filter((path) => COMPRESSED.has(extname(path))).forEach(compress);
