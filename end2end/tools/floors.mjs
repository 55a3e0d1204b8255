// Reads the `use` lines and the paths in the code of all crates, and fails on an arrow against the
// floors (floors.json) and on a circle between files, with the path printed.
// Usage: node floors.mjs [--count]
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const floors = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'floors.json'), 'utf8'));

/** The text without comments, strings and inline tests: what is left are names and signs. */
function bare(text) {
  const quiet = text
    .replace(/\/\/.*$/gm, '')
    .replace(/r#"[\s\S]*?"#/g, '""')
    .replace(/"(?:\\[\s\S]|[^"\\])*"/g, '""');
  const tests = quiet.search(/#\[cfg\(test\)\]\s*mod \w+ \{/);
  return tests < 0 ? quiet : quiet.slice(0, tests);
}

/** `a::{b, c::{self, d as e}}` as its single paths: [segments, name under which it is known here]. */
function paths(tree, before = []) {
  const parts = [];
  let depth = 0;
  let part = '';
  for (const sign of `${tree},`) {
    if (sign === ',' && depth === 0) {
      if (part.trim()) parts.push(part.trim());
      part = '';
      continue;
    }
    depth += { '{': 1, '}': -1 }[sign] ?? 0;
    part += sign;
  }
  return parts.flatMap((one) => {
    const brace = one.indexOf('{');
    if (brace >= 0) {
      const head = one.slice(0, brace).split('::').map((name) => name.trim()).filter(Boolean);
      return paths(one.slice(brace + 1, one.lastIndexOf('}')), [...before, ...head]);
    }
    const [path, alias] = one.split(/\s+as\s+/);
    const segments = [...before, ...path.split('::').map((name) => name.trim()).filter(Boolean)];
    if (segments.at(-1) === 'self') segments.pop();
    return [[segments, alias ?? segments.at(-1)]];
  });
}

/** A file of a crate: which module it is, what it defines, and what it names. */
function read(crate, file, module) {
  const text = bare(readFileSync(file, 'utf8'));
  const uses = [...text.matchAll(/\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g)].flatMap(([, open, tree]) =>
    paths(tree.replace(/\s+/g, ' ')).map(([segments, name]) => ({ segments, name, open: Boolean(open) })),
  );
  const rest = text.replace(/\buse\s+[^;]+;/g, '');
  const inline = [...rest.matchAll(/(?<![\w:])(?:crate|self|super|[a-z_]\w*)(?:::\w+)+/g)].map(([path]) => path.split('::'));
  const names = new Set();
  for (const [, name] of rest.matchAll(/\b(?:fn|struct|enum|trait|const|static|type|macro_rules!|union)\s+(\w+)/g)) {
    names.add(name);
  }
  // `#[server] async fn get_sheet` also makes the type `GetSheet`.
  for (const [, name] of rest.matchAll(/#\[server\b[\s\S]*?\bfn (\w+)/g)) {
    names.add(name.replace(/(?:^|_)(\w)/g, (_, first) => first.toUpperCase()));
  }
  return { crate, file: relative(root, file), module, uses, inline, names };
}

/** All files of a crate, by the path of their module. */
function crateOf(name, folder) {
  const files = new Map();
  const walk = (directory, module) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) walk(path, [...module, entry.name]);
      else if (entry.name.endsWith('.rs') && !/^tests?\.rs$/.test(entry.name) && !relative(folder, path).includes('tests/')) {
        const own = entry.name.slice(0, -3);
        const at = ['mod', 'lib', 'main'].includes(own) ? module : [...module, own];
        const key = own === 'main' ? 'main' : at.join('::');
        files.set(key, read(name, path, at));
      }
    }
  };
  walk(folder, []);
  return files;
}

const crates = new Map(Object.entries(floors.crates).map(([name, { folder }]) => [name, crateOf(name, join(root, folder))]));

/** The file in which a path ends, led through what modules hand on. */
function find(crate, segments, seen = new Set()) {
  const files = crates.get(crate);
  if (!files) return null;
  for (let length = segments.length; length >= 0; length -= 1) {
    const file = files.get(segments.slice(0, length).join('::'));
    if (!file) continue;
    const name = segments[length];
    if (name === undefined || file.names.has(name)) return file;
    const key = `${crate}/${file.module.join('::')}/${name}`;
    if (seen.has(key)) return file;
    seen.add(key);
    const handed = file.uses.find((use) => use.name === name);
    const led = handed && place(file, handed.segments, seen);
    if (led) return led;
    const all = file.uses.filter((use) => use.name === '*').map((use) => place(file, [...use.segments.slice(0, -1), name], seen));
    return all.find((other) => other?.names.has(name)) ?? file;
  }
  return null;
}

/** Where a path leads that is written in a file. */
function place(file, segments, seen) {
  const [first, ...rest] = segments;
  if (first === 'crate') return find(file.crate, rest, seen);
  if (first === 'super' || first === 'self') {
    const up = segments.filter((name) => name === 'super').length;
    const below = segments.filter((name) => name !== 'super' && name !== 'self');
    return find(file.crate, [...file.module.slice(0, file.module.length - up), ...below], seen);
  }
  // A module of its own, or something that it has named with `use`.
  const child = [...file.module, first].join('::');
  if (crates.get(file.crate).has(child)) return find(file.crate, [...file.module, ...segments], seen);
  const named = file.uses.find((use) => use.name === first && use.segments.at(-1) !== undefined && use.segments[0] !== first);
  if (named) return place(file, [...named.segments, ...rest], seen);
  return crates.has(first) ? find(first, rest, seen) : null;
}

const all = [...crates.values()].flatMap((files) => [...files.values()]);
const arrows = new Map(all.map((file) => [file, new Set()]));
for (const file of all) {
  // What is only handed on is no arrow of its own: whoever uses it has one.
  const taken = [...file.uses.filter((use) => !use.open).map((use) => use.segments), ...file.inline];
  for (const segments of taken) {
    const other = place(file, segments, new Set());
    if (other && other !== file) arrows.get(file).add(other);
  }
}

/** Circles: files that can all be reached from each other (Tarjan), each with one way around. */
function circles() {
  const found = [];
  const [number, low, stack, on] = [new Map(), new Map(), [], new Set()];
  const visit = (file) => {
    number.set(file, number.size);
    low.set(file, number.get(file));
    stack.push(file);
    on.add(file);
    for (const other of arrows.get(file)) {
      if (!number.has(other)) visit(other);
      if (on.has(other)) low.set(file, Math.min(low.get(file), low.get(other)));
    }
    if (low.get(file) !== number.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    group.forEach((one) => on.delete(one));
    if (group.length > 1) found.push(group);
  };
  all.forEach((file) => number.has(file) || visit(file));
  return found;
}

/** The shortest way from a file of a circle back to itself. */
function around(group) {
  const inside = new Set(group);
  const ways = [[group[0]]];
  const seen = new Set();
  for (const way of ways) {
    for (const next of arrows.get(way.at(-1))) {
      if (next === group[0]) return [...way, next].map((file) => file.file);
      if (!inside.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}

/** The room of a file: the longest of its crate's rooms that it lies in. */
function room(file) {
  const rooms = floors.crates[file.crate].rooms ?? [];
  const path = file.module.join('/');
  for (const [level, names] of rooms.entries()) {
    const name = names.filter((one) => path === one || path.startsWith(`${one}/`)).sort((a, b) => b.length - a.length)[0];
    if (name !== undefined) return { level, name };
  }
  return null;
}

const faults = [];
for (const [file, others] of arrows) {
  const may = new Set(floors.crates[file.crate].knows);
  for (const other of others) {
    if (other.crate !== file.crate && !may.has(other.crate)) {
      faults.push(`${file.file} names ${other.file}: ${file.crate} does not know ${other.crate}`);
      continue;
    }
    const [here, there] = [room(file), room(other)];
    if (other.crate === file.crate && here && there && here.name !== there.name && here.level <= there.level) {
      faults.push(`${file.file} names ${other.file}: ${here.name} stands ${here.level === there.level ? 'beside' : 'below'} ${there.name}`);
    }
  }
}
const rings = circles();
rings.forEach((group) => faults.push(`a circle of ${group.length}: ${around(group).join('\n          -> ')}`));
if (process.argv.includes('--count')) {
  const named = all.filter((file) => file.crate === 'server' || file.crate === 'services').filter((file) => [...file.uses.map((use) => use.segments), ...file.inline].some(([first]) => first === 'app'));
  console.log(`files ${all.length}, arrows ${[...arrows.values()].reduce((sum, set) => sum + set.size, 0)}`);
  console.log(`circles ${rings.length}, of ${rings.map((group) => group.length).sort((a, b) => b - a).join(', ') || 'none'} files`);
  console.log(`files of the server that name app:: ${named.length}`);
}
faults.forEach((fault) => console.error(`floors: ${fault}`));
console.log(`      ${all.length} files on their floors, ${faults.length} arrows or circles against them`);
process.exit(faults.length ? 1 : 0);
