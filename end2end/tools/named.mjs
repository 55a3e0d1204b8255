// Checks that every test which docs/security.md names is there, under that very name, so that the
// document cannot say "tested" of what no longer is. Usage: node named.mjs
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const DOCUMENT = 'docs/security.md';
/** How the document shortens a place, and the folder that it stands for. */
const PLACES = { it: 'server/tests/it', rules: 'app/domain/tests/it', src: 'server/services/src', app: 'app/src', desk: 'app/desk/src', paper: 'server/paper/src', domain: 'app/domain/src' };
const TEST = /`(\w+)\/([\w/]+)::(\w+)`/g;
const JOURNEY = /`journeys\/([\w.-]+)`/g;

function fault([, place, path, name]) {
  const folder = PLACES[place];
  if (!folder) return `there is no place called ${place}`;
  const file = `${folder}/${path}.rs`;
  if (!existsSync(join(root, file))) return `there is no file ${file}`;
  const test = new RegExp(`#\\[(?:tokio::)?test[^\\]]*\\]\\s*(?:#\\[[^\\]]*\\]\\s*)*(?:async )?fn ${name}\\(`);
  return test.test(readFileSync(join(root, file), 'utf8')) ? null : `${file} has no test of that name`;
}

const text = readFileSync(join(root, DOCUMENT), 'utf8');
const tests = [...text.matchAll(TEST)];
const journeys = [...text.matchAll(JOURNEY)];
const faults = [
  ...tests.map((match) => [match[0], fault(match)]),
  ...journeys.map(([all, file]) => [all, existsSync(join(root, 'end2end/journeys', file)) ? null : 'there is no such journey']),
].filter(([, why]) => why);
faults.forEach(([what, why]) => console.error(`${DOCUMENT}: ${what}: ${why}`));
console.log(`      ${tests.length + journeys.length} tests named in ${DOCUMENT}, ${faults.length} missing`);
process.exit(faults.length === 0 && tests.length > 100 ? 0 : 1);
