// The line to a wall, cut in every way there is: it says so in time, and is back within five seconds.
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';
import { WallPage } from '../pages/WallPage';

const SCREEN = { viewport: { width: 1920, height: 1080 } };
/** Once the line is back, the wall is by then. */
const BACK = 5_000;
/** A line that is lost is said to be lost by then, also when nothing says so. */
const TOLD = 12_000;

type Cut = {
  how: string;
  /** Whether sockets get through at all. */
  sockets?: boolean;
  cut: (given: Given) => Promise<void> | void;
  mend: (given: Given) => Promise<void> | void;
};
type Given = { office: import('../fixtures/office').Office; wire: import('../fixtures/wire').Wire };

const CUTS: Cut[] = [
  { how: 'the connection is refused', cut: ({ wire }) => wire.cut(), mend: ({ wire }) => wire.mend() },
  { how: 'packets are lost', cut: ({ wire }) => wire.swallow(), mend: ({ wire }) => wire.mend() },
  { how: 'a captive portal answers', cut: ({ wire }) => wire.intercept(), mend: ({ wire }) => wire.mend() },
  { how: 'the server is killed', cut: ({ office }) => office.kill(), mend: ({ office }) => office.start() },
  { how: 'the server stops', cut: ({ office }) => office.stop(), mend: ({ office }) => office.start() },
  { how: 'long poll only, refused', sockets: false, cut: ({ wire }) => wire.cut(), mend: ({ wire }) => wire.mend() },
  { how: 'long poll only, packets lost', sockets: false, cut: ({ wire }) => wire.swallow(), mend: ({ wire }) => wire.mend() },
];

for (const { how, sockets = true, cut, mend } of CUTS) {
  test(`${how}: the wall says so, and comes back`, async ({ office, visitor, clerk }, info) => {
    const { page, wire, watch } = await visitor(SCREEN);
    watch.expect(LINE_DOWN);
    watch.expect(/WebSocket|ERR_(CONNECTION|EMPTY|TIMED_OUT|ABORTED|NAME|FAILED)|CORS policy/);
    if (!sockets) await page.routeWebSocket(/\/live/, (socket) => socket.close({ code: 1011 }));
    const wall = new WallPage(page);
    const kabag = await clerk('kabag');
    await wall.open();
    await wall.expectChip(/^Tersambung/);

    const begin = Date.now();
    await cut({ office, wire });
    await wall.expectChip(/^Terputus · data pukul \d\d\.\d\d, \d+ detik lalu/, TOLD);
    const told = Date.now() - begin;
    await expect(page.locator('.board')).toHaveAttribute('data-live', 'off');
    // The picture stays, and nothing of somebody else's appears.
    await wall.expectSentence(/^Menunggu STAF/);
    await expect(page.locator('body')).not.toContainText('Wi-Fi');

    await mend({ office, wire });
    const mended = Date.now();
    await wall.expectLive(BACK);
    await wall.expectChip(/^Tersambung/, BACK);
    const back = Date.now() - mended;
    info.annotations.push({ type: 'measured', description: `said so after ${told} ms, back after ${back} ms` });
    expect(back).toBeLessThan(BACK);
    await kabag.pause(1, 'Rapat pimpinan.');
    await wall.expectSentence(/dijeda/, BACK);
  });
}

test('what happened while packets were lost is there when they arrive again', async ({ visitor, clerk }) => {
  const { page, wire, watch } = await visitor(SCREEN);
  watch.expect(LINE_DOWN);
  const wall = new WallPage(page);
  const kabag = await clerk('kabag');
  await wall.open();
  // So short that nobody notices: only the event is lost.
  wire.swallow();
  await kabag.pause(1, 'Rapat pimpinan.');
  await wire.mend();
  await wall.expectSentence(/dijeda/, 7_000);
});

test('a wall that is loaded while a captive portal answers waits, and comes up by itself', async ({ visitor }) => {
  const { page, wire, watch } = await visitor({ ...SCREEN, serviceWorkers: 'allow' });
  watch.expect(/./);
  const wall = new WallPage(page);
  await wall.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  wire.intercept();
  await page.goto('/papan');
  await wall.expectWaiting();
  await expect(page.locator('body')).not.toContainText('Wi-Fi');
  await wire.mend();
  const mended = Date.now();
  await wall.expectLive(BACK);
  expect(Date.now() - mended).toBeLessThan(BACK);
});

test('at power-on without a server the page waits and comes up by itself', async ({ office, visitor }) => {
  const { page, watch } = await visitor({ ...SCREEN, serviceWorkers: 'allow' });
  watch.expect(LINE_DOWN);
  watch.expect(/Failed to load resource/);
  const wall = new WallPage(page);
  await wall.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await office.kill();
  await page.goto('/papan');
  await wall.expectWaiting();
  await office.start();
  await wall.expectLive(BACK);
});

test('at power-on with packets lost the page waits and comes up by itself', async ({ visitor }) => {
  const { page, wire, watch } = await visitor({ ...SCREEN, serviceWorkers: 'allow' });
  watch.expect(/./);
  const wall = new WallPage(page);
  await wall.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  wire.swallow();
  await page.goto('/papan');
  await wall.expectWaiting(20_000);
  await wire.mend();
  await wall.expectLive(2 * BACK);
});
