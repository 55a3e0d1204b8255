// Pages stay current: with many tabs, without sockets, and when the server was away.
import { expect, test } from '../fixtures/test';
import { GATE } from '../pages/CellDialog';
import { LINE_DOWN } from '../fixtures/watch';

test('twelve tabs of one browser are all live, and all can be used', async ({ person, clerk }) => {
  const first = await person('staf');
  const tabs = [first];
  for (let tab = 2; tab <= 12; tab += 1) tabs.push(await first.tab());
  await Promise.all(tabs.map(({ sheet }) => sheet.open(1)));
  await Promise.all(tabs.map(({ sheet }) => sheet.expectLive()));

  await tabs[11]!.sheet.finish(6, 'staf', GATE);
  await Promise.all(tabs.map(({ sheet }) => sheet.expectState(6, 'staf', 'done', 5_000)));
  await tabs[0]!.sheet.takeBack(6, 'staf');
  await Promise.all(tabs.map(({ sheet }) => sheet.expectState(6, 'staf', 'active', 5_000)));
  await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
  await Promise.all(tabs.map(({ sheet }) => sheet.expectTurn(/Dijeda/, 5_000)));
  // Every tab can still fetch pages.
  for (const { runs } of tabs.slice(0, 3)) await runs.open();
});

test('where sockets are blocked the page stays current all the same', async ({ person, clerk }) => {
  const { page, sheet, bar, watch } = await person('staf');
  watch.expect(/WebSocket/);
  await page.routeWebSocket(/\/live/, (socket) => socket.close({ code: 1011 }));
  await page.goto('/pelaksanaan/1');
  await sheet.expectLive(10_000);
  await bar.expectLine(/Tersambung/);
  await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
  await sheet.expectTurn(/Dijeda/, 5_000);
});

test('after a power cut pages recover by themselves, with what happened meanwhile', async ({ office, person, clerk }, info) => {
  const { sheet, watch, wire } = await person('staf');
  watch.expect(LINE_DOWN);
  await sheet.open(1);
  await office.kill();
  await sheet.expectCut();

  // Meanwhile the office is open elsewhere, and somebody acts there.
  const here = office.port;
  await wire.cut();
  await office.start(0);
  await (await clerk('kabag')).pause(1, 'Listrik padam.');
  await office.stop();
  await wire.mend();

  await office.start(here);
  const back = Date.now();
  await sheet.expectTurn(/Dijeda.*Listrik padam/, 5_000);
  await sheet.expectLive(5_000);
  info.annotations.push({ type: 'measured', description: `recovered after ${Date.now() - back} ms` });
});

test('a session that has ended says so, and signing in again helps', async ({ person }) => {
  const staf = await person('staf');
  staf.watch.expect(/status of 401|WebSocket/);
  await staf.sheet.open(1);
  const other = await staf.tab();
  await other.home.open();
  await other.bar.signOut();
  await staf.bar.expectLine(/Sesi berakhir/);
  await expect(staf.page.getByRole('link', { name: 'Masuk lagi' })).toBeVisible();
});
