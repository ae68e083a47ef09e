/** Takes the README's pictures from the running app, light and dark: `npm run pictures`. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Desktop, drop, setTheme } from '../test/e2e/desktop.ts';
import { startTemporaryBucket } from '../test/servers/temporary-bucket.ts';

const DOCS = join(import.meta.dirname, '../docs');
const MIB = 1024 ** 2;

/** What was shared, oldest first, and for how long. */
const SHARES = [
  { name: 'Minutes of the meeting.pdf', bytes: 412_000, life: '7 days' },
  { name: 'Holiday photos.zip', bytes: 38_200_000, life: '3 days' },
  { name: 'Demo song.mp3', bytes: 6_300_000, life: '10 min' },
  { name: 'Wedding film.mp4', bytes: 64 * MIB, life: '1 day' },
] as const;

const gate = Promise.withResolvers<undefined>();
const server = await startTemporaryBucket({
  buckets: ['my-files'],
  // The last file stands still half way, so that its progress can be seen.
  misbehave: ({ key, partNumber }) =>
    key.endsWith('.mp4') && partNumber !== null && partNumber > 4
      ? { kind: 'stall', until: gate.promise }
      : null,
});
const desktop = await Desktop.install();
try {
  await desktop.connect({ ...server, bucket: 'my-files' });
  const { app, page } = await desktop.start();
  for (const { name, bytes, life } of SHARES) {
    const file = await open(desktop.file(name), 'w');
    await file.truncate(bytes);
    await file.close();
    await page.getByRole('radio', { name: life }).check();
    await drop(page, desktop.file(name));
    await page.getByRole('row').filter({ hasText: name }).waitFor();
  }
  await page.getByText('The link works').nth(2).waitFor({ state: 'attached' });
  await page
    .getByText(/MB\/s|of 67/)
    .first()
    .waitFor();
  for (const dismiss of await page.getByRole('button', { name: 'Dismiss' }).all()) await dismiss.click();
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, page, theme);
    await page.screenshot({ path: join(DOCS, `window-${theme}.png`) });
  }
  console.log('docs/window-light.png and docs/window-dark.png are new.');
} finally {
  gate.resolve(undefined);
  await desktop.uninstall();
  await server.close();
}
