import { readdirSync } from 'node:fs';
import { arch, homedir, platform, release, userInfo } from 'node:os';
import { join } from 'node:path';
import { describeBandwidth } from '../../shared/bandwidth.ts';
import { diagnosticsText } from '../../shared/diagnostics.ts';
import { asSandglassError } from '../../shared/errors.ts';
import { recognisedHost } from '../../shared/s3-host.ts';
import { DEFAULT_KEY_TEMPLATE } from '../../shared/share.ts';
import { shareCounts } from '../history/share-counts.ts';
import { SHARE_STATUSES } from '../history/share-record.ts';
import { Settings, type Account } from '../settings/settings.ts';
import { lastLogLines } from './log-file.ts';

const LOG_LINES = 200;
const STANDINGS: ReadonlySet<string> = new Set([...SHARE_STATUSES, 'ended']);

/** Who asks. */
export interface Asker {
  readonly face: 'app' | 'command';
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What a report of a fault needs, as Markdown: versions, what is set, how many shares stand where, and the last lines of
 * the app's log. It reads the files anew and changes nothing, so that it works where they are damaged; it never throws.
 * @param folder the data folder
 */
export async function diagnosis(folder: string, { face, version, now }: Asker): Promise<string> {
  const settings = await Settings.open(folder).catch(asSandglassError);
  const facts = [
    ['Sandglass', `${version} (${face})`],
    ...runtimes(),
    ['System', `${platform()} ${release()} (${arch()})`],
    ...(settings instanceof Settings ? settingsFacts(settings) : [['Settings', settings.code] as const]),
    ['Shares', describeCounts(shareCounts(join(folder, 'history.db'), now))],
    ['Set aside as damaged', String(countSetAside(folder))],
  ] as const;
  const names = [...ownNames(), ...(settings instanceof Settings ? settingsNames(settings) : [])];
  return diagnosticsText({ facts, log: lastLogLines(folder, LOG_LINES), names });
}

/** Only Electron knows the first two. */
function runtimes(): (readonly [string, string])[] {
  const versions: NodeJS.Dict<string> = process.versions;
  const names = { Electron: 'electron', Chromium: 'chrome', 'Node.js': 'node' };
  return Object.entries(names).flatMap(([name, key]) => {
    const version = versions[key];
    return version === undefined ? [] : [[name, version] as const];
  });
}

function settingsFacts(settings: Settings): (readonly [string, string])[] {
  const { accounts, keyTemplate, bandwidth, globalShortcut, life } = settings;
  const each = Object.values(accounts).map(describeAccount);
  return [
    ['Accounts', [each.length, ...each].join('; ')],
    ['Key template', keyTemplate === DEFAULT_KEY_TEMPLATE ? 'the usual one' : 'another'],
    ['Links live', life.kind === 'seconds' ? `${life.seconds} s` : 'until a date'],
    ['Bandwidth', describeBandwidth(bandwidth)],
    ['Shortcut', globalShortcut === null ? 'none' : 'set'],
  ];
}

/** Whose store it is and how it is reached; of a store of one's own, no more than that. */
function describeAccount({ endpoint, keys, pathStyle, region, bucket, prefix }: Account): string {
  const style = { true: 'path style', false: 'virtual hosts', undefined: null }[String(pathStyle)];
  const url = endpoint === undefined ? null : new URL(endpoint);
  return [
    url ? recognisedHost(url.hostname).provider : 'aws',
    url?.protocol === 'http:' ? 'without TLS' : null,
    `keys in ${keys.in}`,
    style,
    region === undefined ? null : 'region set',
    bucket === undefined ? 'no bucket' : null,
    prefix === undefined ? null : 'prefix set',
  ]
    .filter((fact) => fact !== null && fact !== undefined)
    .join(', ');
}

function describeCounts(counts: Readonly<Record<string, number>> | null): string {
  if (counts === null) return 'cannot be read';
  return (
    Object.entries(counts)
      .map(([standing, count]) => `${count} ${STANDINGS.has(standing) ? standing : 'other'}`)
      .join(', ') || 'none'
  );
}

function countSetAside(folder: string): number {
  try {
    return readdirSync(folder).filter((name) => /^(settings|history)\.damaged-.*\.(json|db)$/.test(name))
      .length;
  } catch {
    return 0;
  }
}

function settingsNames({ accounts }: Settings): string[] {
  return Object.entries(accounts).flatMap(([name, { keys, endpoint, bucket, prefix }]) => {
    const host = endpoint === undefined ? undefined : new URL(endpoint).hostname;
    const profile = keys.in === 'profile' ? keys.profile : undefined;
    return [name, profile, host, bucket, prefix].filter((each) => each !== undefined);
  });
}

/** A machine without a user database has no name to hide. */
function ownNames(): string[] {
  try {
    return [homedir(), userInfo().username];
  } catch {
    return [homedir()];
  }
}
