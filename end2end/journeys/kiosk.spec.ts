// The script that shows the wall on a TV, run as the unit runs it, but on a screen that nobody sees.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { browser as machine } from '../fixtures/browser';
import { expect, test } from '../fixtures/test';
import { WallPage } from '../pages/WallPage';

const KIOSK = join(__dirname, '../../docs/kiosk');
/** Without a screen, as root in a container, and so that the test can look into it. */
const FLAGS = '--headless=new --no-sandbox --disable-gpu --remote-debugging-port=0 --window-size=1920,1080';

class Kiosk {
  private script: ChildProcess | undefined;
  /** The browsers that were looked into: let go before they die, or the runner asks the dead ones. */
  private readonly looks: Browser[] = [];

  private constructor(
    private readonly url: string,
    private readonly profile: string,
  ) {}

  static at(url: string): Kiosk {
    return new Kiosk(url, mkdtempSync(join(tmpdir(), 'papan-')));
  }

  start(): void {
    rmSync(join(this.profile, 'DevToolsActivePort'), { force: true });
    this.script = spawn(join(KIOSK, 'alur-papan'), {
      stdio: 'ignore',
      env: {
        ...process.env,
        ALUR_URL: this.url,
        ALUR_PROFILE: this.profile,
        ALUR_BROWSER: machine.launchOptions?.executablePath ?? 'chromium',
        ALUR_FLAGS: FLAGS,
      },
    });
  }

  /** Looks into its browser, once it is up. */
  async look(): Promise<WallPage> {
    const file = join(this.profile, 'DevToolsActivePort');
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').includes('\n'), { timeout: 60_000 }).toBe(true);
    const [port] = readFileSync(file, 'utf8').split('\n');
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    this.looks.push(browser);
    const page = () => browser.contexts()[0]?.pages().find((page) => page.url().startsWith(this.url));
    await expect.poll(() => page() !== undefined).toBe(true);
    return new WallPage(page()!);
  }

  /** As a power cut ends it. */
  async cutPower(): Promise<void> {
    for (const browser of this.looks.splice(0)) await browser.close();
    const { script } = this;
    if (!script || script.exitCode !== null) return;
    const ended = new Promise((done) => script.once('exit', done));
    script.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.cutPower();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

test('the script brings up the wall, also after a power cut and before the server is there', async ({ office }) => {
  const kiosk = Kiosk.at(office.url);
  try {
    kiosk.start();
    const first = await kiosk.look();
    await first.expectLive(30_000);
    await first.expectSentence(/^Menunggu STAF/);
    await first.expectWorker();
    await kiosk.cutPower();

    await office.kill();
    kiosk.start();
    await office.start();
    const second = await kiosk.look();
    await second.expectLive(30_000);
  } finally {
    await kiosk.close();
  }
});

test('the unit is one that systemd takes', async () => {
  const verify = '/usr/bin/systemd-analyze';
  test.skip(!existsSync(verify), 'this machine has no systemd');
  const folder = mkdtempSync(join(tmpdir(), 'unit-'));
  // What it starts need not be installed here.
  const unit = readFileSync(join(KIOSK, 'alur-papan.service'), 'utf8').replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true');
  writeFileSync(join(folder, 'alur-papan.service'), unit);
  const said = execFileSync(verify, ['verify', '--man=no', join(folder, 'alur-papan.service')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(said).toBe('');
});
