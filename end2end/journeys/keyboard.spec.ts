// One row with the keyboard alone.
import { expect, test } from '../fixtures/test';

test('arrow keys walk the table, Enter acts, Escape closes', async ({ person }) => {
  const { page, sheet } = await person('staf');
  await sheet.open(1);
  const { keyboard } = page;
  const press = async (key: string, until: () => Promise<boolean>, times = 80) => {
    for (let pressed = 0; pressed < times && !(await until()); pressed += 1) await keyboard.press(key);
    expect(await until()).toBe(true);
  };
  const focused = (locator: ReturnType<typeof sheet.button>) => () =>
    locator.evaluate((element) => element === document.activeElement);
  const inTable = () => page.evaluate(() => document.activeElement?.closest('table.sheet') !== null);

  await press('Tab', inTable);
  await press('ArrowDown', focused(sheet.button(6, 'staf')), 12);
  await keyboard.press('Enter');
  await sheet.dialog.expectOpen('Menunggu data');
  await keyboard.press('Escape');
  await sheet.dialog.expectClosed();
  await expect(sheet.button(6, 'staf')).toBeFocused();

  await keyboard.press('Enter');
  await sheet.dialog.expectOpen();
  await press('Tab', focused(sheet.dialog.field('Alasan menyelesaikannya sekarang')));
  await keyboard.type('Disdik menyusul.');
  await press('Tab', focused(sheet.dialog.finishButton));
  await keyboard.press('Enter');
  await sheet.expectState(6, 'staf', 'done');
  await sheet.expectRow(6, /29 dari 44 PD/);
});

test('arrow keys find the next symbol in every direction', async ({ person }) => {
  const { page, sheet } = await person('staf');
  await sheet.open(1);
  await sheet.button(2, 'staf').focus();
  for (const [key, row, lane] of [
    ['ArrowRight', 2, 'kasubbag'],
    ['ArrowRight', 2, 'kabag'],
    ['ArrowRight', 2, 'karo'],
    ['ArrowDown', 3, 'gubernur'],
    ['ArrowDown', 4, 'staf'],
    ['ArrowUp', 3, 'gubernur'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(sheet.button(row, lane)).toBeFocused();
  }
});
