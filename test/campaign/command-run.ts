import { join } from 'node:path';
import { History } from '../../src/main/history/history.ts';
import { keysFor, Sandglass } from '../integration/command/sandglass.ts';
import { startFaultProxy, type FaultScript } from '../servers/fault-proxy/proxy.ts';
import { fileSize } from './file-size.ts';
import type { Random } from './random.ts';
import { trouble } from './trouble.ts';
import { lossesOf, writeRandomFile, type Field, type Verdict } from './verdict.ts';

const NEVER = new Promise(() => undefined);
/** What the server may still do with a request after which the process is killed, in milliseconds. */
const AFTERMATH_MS = 40;
const MAX_KILLS = 3;

/** One upload by the built command, killed with SIGKILL at moments of chance and resumed until it ends. */
export async function commandRun(field: Field, random: Random): Promise<Verdict> {
  const sandglass = await Sandglass.install();
  let script: FaultScript = () => null;
  const proxy = await startFaultProxy({ server: field.endpoint, fault: (occasion) => script(occasion) });
  const env = keysFor({ endpoint: proxy.endpoint, credentials: field.credentials });
  const size = fileSize(random);
  const story = [`${size} bytes, by the command`];
  const path = join(sandglass.home, 'file.bin');
  const hash = await writeRandomFile(path, size);
  const idOf = () => {
    const history = History.open(join(sandglass.data, 'history.db'));
    const [record] = history.list(1);
    history.close();
    return record?.id;
  };
  try {
    let args = ['share', path, '--bucket', field.bucket];
    let last = '';
    for (let kills = random.whole(1, MAX_KILLS); ; kills--) {
      const killed = Promise.withResolvers<undefined>();
      const { script: faults, struck } = trouble(random, {
        faults: random.whole(0, 1),
        likelihood: 0.3,
        silences: false,
      });
      script =
        kills > 0
          ? killing(random, story, () => {
              killed.resolve(undefined);
            })
          : faults;
      const running = sandglass.start(args, { env });
      const kill = killed.promise.then(() => running.process.kill('SIGKILL'));
      const { code, stderr } = await running.outcome;
      killed.resolve(undefined);
      await kill;
      story.push(...struck, `${args[0] ?? ''}: exit code ${code ?? 'none, killed'}`);
      last = stderr;
      if (code !== null) break;
      const id = idOf();
      if (id !== undefined) args = ['resume', id];
    }
    script = () => null;
    const id = idOf();
    if (id === undefined) return { end: 'refused', story, losses: ['nothing is in the history'] };
    return await judged(field, sandglass, { id, hash, env, story, last });
  } finally {
    await proxy.close();
    await sandglass.uninstall();
  }
}

interface Findings {
  readonly id: string;
  readonly hash: string;
  readonly env: Readonly<Record<string, string>>;
  readonly story: readonly string[];
  readonly last: string;
}

async function judged(
  field: Field,
  sandglass: Sandglass,
  { id, hash, env, story, last }: Findings,
): Promise<Verdict> {
  const statusNow = () => {
    const history = History.open(join(sandglass.data, 'history.db'));
    const { status } = history.find(id);
    history.close();
    return status;
  };
  const shared = statusNow() === 'live';
  if (!shared) await sandglass.run(['cancel', id], { env });
  const history = History.open(join(sandglass.data, 'history.db'));
  const losses = await lossesOf(field, history, { id, hash });
  history.close();
  if (!shared && last.trim() === '') losses.push('it did not say why not');
  return { end: shared ? 'shared' : 'refused', story: shared ? story : [...story, last.trim()], losses };
}

/** Kills at some request: before the server hears of it, in the middle of it, or when it is done and not yet answered. */
function killing(random: Random, story: string[], kill: () => void): FaultScript {
  let requests = random.whole(0, 6);
  const stage = random.pick(['before', 'within', 'after'] as const);
  return ({ operation, partNumber, bodyBytes }) => {
    if (requests-- !== 0) return null;
    story.push(`kill -9 ${stage} ${operation}${partNumber === null ? '' : ` ${partNumber}`}`);
    setTimeout(kill, stage === 'before' ? 0 : AFTERMATH_MS);
    if (stage === 'before') return { kind: 'delay', way: 'request', until: NEVER };
    if (stage === 'after') return { kind: 'delay', way: 'answer', until: NEVER };
    return { kind: 'stall', afterBodyBytes: random.whole(0, bodyBytes ?? 0) };
  };
}
