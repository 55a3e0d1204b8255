// Weeks of a wall in minutes: thousands of events, servers that stop and die, lines that break in
// every way, nights, a new build. At the end its memory is what it was, and it shows what is.
import type { Page } from '@playwright/test';
import type { Clerk } from '../fixtures/clerk';
import type { Office } from '../fixtures/office';
import type { Person } from '../fixtures/person';
import { expect, test } from '../fixtures/test';
import { WallPage } from '../pages/WallPage';
import { Memory, say } from './memory';

const DAYS = Number(process.env.SOAK_DAYS ?? 28);
const ACTS = Number(process.env.SOAK_ACTS ?? 150);
const SCREEN = { viewport: { width: 1920, height: 1080 } };
/** Two runs are in progress; each is shown for an hour, so that all walls show the same. */
const PATH = '/papan?putar=3600';
const HOUR = 60 * 60_000;
/** On this day, and on each so many days on, there is a new build. */
const BUILD = 9;
/** What a browser says of lines that break; anything else is a fault. */
const BROKEN = /ERR_|WebSocket|status of (404|502|503)|CORS policy/;

const MORNING = Date.parse('2027-01-04T07:30:00+07:00');
const at = (day: number, hours = 0) => new Date(MORNING + day * 24 * HOUR + hours * HOUR).toISOString();

test.use({ now: at(0) });

test(`a wall through ${DAYS} days of ${ACTS} acts`, async ({ office, visitor, clerk }) => {
  // One wall lives through the nights, as they hang on walls; the other is never loaded anew
  // but for a new build, so that nothing can hide what grows.
  const [nightly, steady] = [await visitor(SCREEN), await visitor(SCREEN)];
  for (const { watch } of [nightly, steady]) watch.expect(BROKEN);
  await nightly.page.clock.install();
  const walls = [nightly, steady].map(({ page }) => new WallPage(page));
  for (const wall of walls) await wall.open(PATH);
  const [staf, kabag] = [await clerk('staf'), await clerk('kabag')];
  const memory = await Memory.of(steady.page);

  let [loads, reloads, acts] = [0, 0, 0];
  nightly.page.on('load', () => (loads += 1));
  steady.page.on('load', () => (reloads += 1));
  for (let day = 0; day < DAYS; day += 1) {
    acts += await work(staf, kabag, day);
    await breakLines([nightly, steady], day);
    await memory.note(day);

    // The night: the server is stopped or killed, sometimes upgraded, and comes back in the morning.
    const before = loads;
    await (day % 2 ? office.kill() : office.stop());
    if (day % BUILD === BUILD - 1) office.newBuild();
    await pass(nightly.page, office, day);
    expect(loads, `loaded anew in night ${day}`).toBeGreaterThan(before);
    office.clock = at(day + 1);
    await office.stop();
    await office.start();
    for (const wall of walls) await wall.expectLive();
    say(`day ${day + 1}: ${acts} acts, ${memory.last}; loads ${loads} and ${reloads}`);
  }

  const seen = await staf.seen();
  for (const wall of walls) await wall.expectSeq(seen.seq);
  // What the server draws, with no program that could have folded anything wrong.
  const drawn = await visitor({ ...SCREEN, javaScriptEnabled: false });
  for (const wall of walls) {
    // A minute may turn between the two.
    await expect(async () => {
      await drawn.page.goto(PATH);
      const right = await new WallPage(drawn.page).picture();
      expect(right.tiles.length).toBeGreaterThan(40);
      expect(await wall.picture()).toEqual(right);
    }).toPass();
  }
  await memory.note(DAYS);
  say(memory.summary());
  memory.expectFlat();
  expect(loads).toBeGreaterThanOrEqual(DAYS);
});

/** A day's acts; how many there were. Most are undone, so that the office stays as large as it is. */
async function work(staf: Clerk, kabag: Clerk, day: number): Promise<number> {
  const run = day === 0 ? await staf.start('ORG.2.2.2/1', 2027) : 2;
  for (let act = 0; act < ACTS; act += 2) {
    await staf.finish(run, '1.staf');
    await staf.takeBack(run, '1.staf');
  }
  await kabag.pause(1, `Rapat ${day}.`);
  await kabag.resume(1);
  return ACTS + 2;
}

/** Every way in which a line breaks, one a day in turn, with events that are missed meanwhile. */
async function breakLines(people: Person[], day: number): Promise<void> {
  const ways: ((person: Person) => Promise<void> | void)[] = [
    ({ wire }) => wire.cut(),
    ({ wire }) => wire.swallow(),
    ({ wire }) => wire.intercept(),
    ({ wire }) => wire.drop(),
  ];
  const way = ways[day % ways.length]!;
  for (const person of people) await way(person);
  if (day % ways.length !== 3) for (const { page } of people) await expect(page.locator('.board')).toHaveAttribute('data-live', 'off');
  for (const { wire } of people) await wire.mend();
  for (const { page } of people) await new WallPage(page).expectLive();
}

/** Lets the night pass on a wall: its own clock runs, and the server's stands at three when it is back. */
async function pass(page: Page, office: Office, day: number): Promise<void> {
  await page.clock.fastForward(12 * HOUR);
  office.clock = at(day, 19.55);
  await office.start();
  const wall = new WallPage(page);
  await wall.mark();
  await expect(async () => {
    await page.clock.runFor(31_000);
    await wall.expectReloaded(1_000);
  }).toPass({ timeout: 60_000 });
  await wall.expectLive();
}
