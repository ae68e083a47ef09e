/** `npm run campaign -- --runs N --seed S [--only RUN] [--server local|rgw]`: uploads that meet faults of chance. */
import { parseArgs } from 'node:util';
import { campaign } from '../test/campaign/campaign.ts';
import { startCephRgw } from '../test/servers/ceph-rgw.ts';
import { startTemporaryBucket } from '../test/servers/temporary-bucket.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    server: { type: 'string', default: 'local' },
  },
});
const server = await start(values.server);
const { accessKeyId, secretAccessKey, endpoint } = server;
try {
  const result = await campaign(
    { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } },
    {
      runs: whole('runs', values.runs),
      seed: whole('seed', values.seed),
      only: values.only === undefined ? undefined : whole('only', values.only),
      say,
    },
  );
  const { runs, shared, refused, lost, seconds } = result;
  say(
    `${runs} runs in ${seconds.toFixed(1)} s (${(seconds / runs).toFixed(2)} s each): ${shared} shared, ${refused} refused with a reason, ${lost.size} lost`,
  );
  if (lost.size > 0)
    say(`To repeat one: npm run campaign -- --seed ${values.seed} --only ${[...lost.keys()][0] ?? ''}`);
  process.exitCode = lost.size > 0 ? 1 : 0;
} finally {
  await server.stop();
}

async function start(name: string) {
  if (name === 'rgw') return startCephRgw();
  if (name !== 'local') throw new Error(`There is no server “${name}”: say local or rgw.`);
  const bucket = await startTemporaryBucket();
  return { ...bucket, stop: bucket.close };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`--${name} is a whole number, not “${text}”.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
