// Builds and starts the practice office, and does so again whenever a file changes.
// What cannot be built leaves the last good server running. Usage: make dev
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const WATCHED = ['app', 'frontend', 'server', 'style', 'public'];
const SETTLE_MS = 150;

let server = null;
let building = false;
let changed = new Set(['everything']);
let settle = null;

/** Runs a program to its end; true if it went well. */
const run = (name, ...args) =>
  new Promise((done) => {
    spawn(name, args, { cwd: root, stdio: 'inherit' }).on('close', (code) => done(code === 0));
  });

const stop = () =>
  new Promise((stopped) => {
    if (!server || server.exitCode !== null) return stopped();
    server.on('close', stopped);
    server.kill('SIGTERM');
  });

async function build() {
  if (building) return;
  building = true;
  while (changed.size > 0) {
    const what = [...changed];
    changed = new Set();
    console.log(`\n--- ${what.slice(0, 3).join(', ')}${what.length > 3 ? ' …' : ''}`);
    const onlyStyle = what.every((name) => /^(style|public)\//.test(name));
    const built = (await run('make', 'site', 'WASM_PROFILE=dev')) && (onlyStyle || (await run('make', 'server')));
    if (built && changed.size === 0) {
      await stop();
      server = spawn(join(root, 'target/debug/alur'), ['practice'], { cwd: root, stdio: 'inherit' });
    }
  }
  building = false;
}

for (const folder of WATCHED) {
  watch(join(root, folder), { recursive: true }, (_, name) => {
    changed.add(`${folder}/${name}`);
    clearTimeout(settle);
    settle = setTimeout(build, SETTLE_MS);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(0)));
await build();
