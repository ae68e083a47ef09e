/** `npm run bench`: how fast Sandglass is, beside others, on this machine. See README.md in this folder. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineLines } from './machine.ts';
import { benchOptions } from './options.ts';
import { resultsPage } from './results-page.ts';
import { awsCli } from './rivals/aws-cli.ts';
import { curl } from './rivals/curl.ts';
import { libStorage, tunedLibStorage } from './rivals/lib-storage.ts';
import { rclone } from './rivals/rclone.ts';
import { sandglass } from './rivals/sandglass.ts';
import { dropToLink, eventLoop, planning } from './scenarios/main-process.ts';
import { manySmallFiles } from './scenarios/many-files.ts';
import { memory } from './scenarios/memory.ts';
import { overLatency, toRgw, toTheSink } from './scenarios/one-file.ts';
import type { Findings } from './scenarios/scenario.ts';

const SCENARIOS = [
  ...[toTheSink, toRgw, overLatency, manySmallFiles],
  ...[memory, eventLoop, dropToLink, planning],
];
const INSTALLED = { 'AWS CLI': awsCli, rclone, 'curl -T': curl };

const args = process.argv.slice(2);
const options = benchOptions(args);
const machine = machineLines();
const maybe = Object.entries(INSTALLED).map(([name, find]) => ({ name, contender: find() }));
const contenders = [
  ...[sandglass(), libStorage(), tunedLibStorage()],
  ...maybe.flatMap(({ contender }) => contender ?? []),
];
const folder = await mkdtemp(join(tmpdir(), 'sandglass-bench-'));
const findings: Findings[] = [];
try {
  for (const scenario of SCENARIOS) {
    if (options.only.length > 0 && !options.only.includes(scenario.name)) continue;
    process.stderr.write(`${scenario.name}…\n`);
    findings.push(await scenario.run({ ...options, folder, contenders }));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const page = await resultsPage({
  command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  machine,
  versions: contenders.map(({ name, version }) => `${name}: ${version}`),
  absent: maybe.filter(({ contender }) => contender === null).map(({ name }) => name),
  rounds: options.rounds,
  findings,
  notes: await readFile(join(import.meta.dirname, 'NOTES.md'), 'utf8'),
});
process.stdout.write(page);
if (options.output !== null) await writeFile(options.output, page);
