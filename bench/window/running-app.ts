import { mkdirSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { History } from '../../src/main/history/history.ts';
import { Desktop } from '../../test/e2e/desktop.ts';
import { startTemporaryBucket } from '../../test/servers/temporary-bucket.ts';
import { recordOf } from '../../test/unit/board/records.ts';

const HOUR = 3_600_000;
const LIVES_IN_HOURS = [1, 12, 24, 72, 168] as const;
const NAMES = [
  'Holiday in Lisbon.zip',
  'report.pdf',
  'interview.mov',
  'プロジェクト資料.docx',
  'IMG_4471.heic',
];

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** From the start of the process to the first row in the window, in milliseconds. */
  readonly firstRowMs: number;
}

/** The built app over a history of live shares, each with another life and another part of it left. */
export async function withApp<Result>(
  shares: number,
  use: (running: RunningApp) => Promise<Result>,
): Promise<Result> {
  const server = await startTemporaryBucket({ buckets: ['drops'] });
  const desktop = await Desktop.install();
  try {
    await desktop.connect({ ...server, bucket: 'drops' });
    fillHistory(desktop.file('data'), shares);
    const startedAt = performance.now();
    const { app, page } = await desktop.start();
    await page.getByRole('row').first().waitFor();
    return await use({ app, page, firstRowMs: performance.now() - startedAt });
  } finally {
    await desktop.uninstall();
    await server.close();
  }
}

function fillHistory(folder: string, shares: number): void {
  mkdirSync(folder, { recursive: true });
  const history = History.open(`${folder}/history.db`);
  const now = Date.now();
  for (let place = 0; place < shares; place += 1) {
    const life = (LIVES_IN_HOURS[place % LIVES_IN_HOURS.length] ?? 1) * HOUR;
    // None of them ends within the hour, so that every countdown runs on while it is measured.
    const signedAt = now - Math.floor((life - HOUR / 2) * ((place % 23) / 24));
    const name = `${place} ${NAMES[place % NAMES.length] ?? ''}`;
    const times = { signedAt, sharedAt: signedAt, expiresInSeconds: life / 1000 };
    history.add(
      recordOf(place.toString(16).padStart(10, '0'), {
        ...{ name, key: `2026-11-23/k3v9q2/${name}`, status: 'live', size: 20_000 + place * 7_919 },
        ...{ ...times, requestedExpiresAt: signedAt + life, journal: null, holder: null },
      }),
    );
  }
  history.close();
}
