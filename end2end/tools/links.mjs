// Checks that every link between the project's documents leads somewhere: to a file that
// exists and, after `#`, to a heading of it. Usage: node links.mjs
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const LINK = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const SKIPPED = new Set(['target', 'node_modules', '.git']);

function documents(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : documents(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A document without its code, in which nothing is a link. */
const prose = (path) => readFileSync(path, 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchors of a document's headings, as repository pages make them. */
function anchors(path) {
  const text = readFileSync(path, 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const seen = new Map();
  const anchor = ([, heading]) => {
    const plain = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
    const nth = seen.get(plain) ?? 0;
    seen.set(plain, nth + 1);
    return nth === 0 ? plain : `${plain}-${nth}`;
  };
  return new Set([...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(anchor));
}

function fault(from, link) {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return null;
  const [path, heading] = decodeURI(link).split('#');
  const target = path === '' ? from : path.startsWith('/') ? join(root, path) : join(dirname(from), path);
  if (!existsSync(target)) return 'there is no such file';
  if (!heading || statSync(target).isDirectory() || !target.endsWith('.md')) return null;
  return anchors(target).has(heading) ? null : 'there is no such heading';
}

const all = documents(root);
let links = 0;
const faults = all.flatMap((path) =>
  [...prose(path).matchAll(LINK)].flatMap(([, link]) => {
    links += 1;
    const why = fault(path, link);
    return why ? [`${relative(root, path)}: ${link}: ${why}`] : [];
  }),
);
faults.forEach((line) => console.error(line));
console.log(`      ${links} links in ${all.length} documents, ${faults.length} broken`);
process.exit(faults.length === 0 ? 0 : 1);
