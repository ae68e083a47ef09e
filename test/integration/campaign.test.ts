import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaign } from '../campaign/campaign.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import type { LocalBucket } from '../servers/local-bucket/server.ts';

let server: LocalBucket;
beforeAll(async () => {
  server = await startTemporaryBucket();
});
afterAll(() => server.close());

test(
  'Fifty uploads that meet faults and kills of chance are whole, or say why not, and leave nothing',
  { timeout: 180_000 },
  async () => {
    const { accessKeyId, secretAccessKey, endpoint, region } = server;
    const told: string[] = [];
    const { runs, shared, refused } = await campaign(
      { endpoint, region, credentials: { accessKeyId, secretAccessKey } },
      { runs: 50, seed: 20_261, say: (line) => told.push(line) },
    );
    expect(told).toEqual([]);
    expect({ runs, ended: shared + refused }).toEqual({ runs: 50, ended: 50 });
    // Faults come to an end, so nearly all uploads get through.
    expect(shared).toBeGreaterThan(35);
  },
);
