// Says what a browser downloads, and fails if one of its programs is over budget.
// Usage: node size.mjs SITE KILOBYTES
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [site, budget] = [process.argv[2], Number(process.argv[3])];
const pkg = join(site, 'pkg');
const kb = (name) => statSync(join(pkg, name)).size / 1000;

for (const name of readdirSync(pkg).filter((name) => !/\.(br|gz)$/.test(name))) {
  console.log(`      ${name.padEnd(10)} ${kb(name).toFixed(1).padStart(7)} kB, brotli ${kb(`${name}.br`).toFixed(1)} kB`);
}
const programs = readdirSync(pkg).filter((name) => name.endsWith('.wasm'));
for (const name of programs.filter((name) => !(kb(`${name}.br`) <= budget))) {
  console.error(`${name} has ${kb(`${name}.br`).toFixed(1)} kB after brotli; its budget is ${budget} kB.`);
  process.exitCode = 1;
}
if (programs.length === 0) throw new Error(`There is no program in ${pkg}.`);
