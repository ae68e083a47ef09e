import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import type { History } from '../../../src/main/history/history.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import type { Link } from '../../../src/main/share/link.ts';
import type { Links } from '../../../src/main/share/links.ts';
import type { Share } from '../../../src/main/share/share.ts';
import type { Sharing } from '../../../src/main/share/sharing.ts';
import type { UploadProgress } from '../../../src/main/upload/upload.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';
import { NOON, scriptedContext } from './scripted-context.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-share-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

export const failure = (code: ErrorCode) => new SandglassError(code, `Scripted: ${code}.`);
export const urlOf = (name: string) => `https://films.s3.amazonaws.com/k/${name}?X-Amz-Signature=5161`;

export function linkTo(name: string): Link {
  return {
    ...{
      id: `id-${name}`,
      url: urlOf(name),
      name,
      bucket: 'films',
      key: `k/${name}`,
      size: 1024,
      signedAt: NOON,
    },
    ...{
      expiresAt: NOON + 86_400_000,
      requestedExpiresAt: NOON + 86_400_000,
      limitedBy: null,
      endUncertain: false,
    },
  };
}

type Watched = Pick<Share, 'link' | 'progress' | 'watch' | 'upload' | 'interrupt'>;

/** What becomes of a file: signed and sent, unless it says otherwise. */
interface Fate {
  /** What signing it waits for. */
  readonly signed?: Promise<unknown>;
  /** Is given who watches its upload. */
  readonly watched?: (watcher: (progress: UploadProgress) => void) => void;
  readonly signing?: SandglassError;
  readonly upload?: () => Promise<void>;
  /** The link once the upload has ended. */
  readonly resigned?: Link;
}

export async function desk(fates: Readonly<Record<string, Fate>> = {}) {
  const lines: string[] = [];
  const asked: unknown[] = [];
  const kept = { records: [] as ShareRecord[], leftovers: [] as ShareRecord[] };
  const shares = new Map<string, Share>();
  const sharing: Pick<Sharing, 'share' | 'resume'> = {
    resume: (record, source) => {
      lines.push(`take up ${record.name}`);
      asked.push(source.origin);
      const { signing } = fates[record.name] ?? {};
      return signing ? Promise.reject(signing) : Promise.resolve(shareOf(record.name));
    },
    share: async (path, { bucket, endpoint, source }, options) => {
      const name = basename(path);
      const fate = fates[name] ?? {};
      lines.push(`sign ${name}`);
      asked.push({ path, bucket, endpoint, origin: source.origin.kind, ...options });
      await fate.signed;
      if (fate.signing) throw fate.signing;
      return (options.again ? undefined : shares.get(name)) ?? shareOf(name);
    },
  };
  const shareOf = (name: string): Share => {
    const fate = fates[name] ?? {};
    let link = linkTo(name);
    const share: Watched = {
      get link() {
        return link;
      },
      progress: { state: { kind: 'queued', paused: false, uploadId: null }, sentBytes: 0, totalBytes: 1024 },
      watch: (watcher) => {
        fate.watched?.(watcher);
        return () => true;
      },
      upload: () => {
        lines.push(`upload ${name}`);
        link = fate.resigned ?? link;
        return fate.upload?.() ?? Promise.resolve();
      },
      interrupt: () => lines.push(`interrupt ${name}`),
    };
    shares.set(name, share as Share);
    return share as Share;
  };
  const history: Pick<History, 'find' | 'unfinished' | 'leftovers'> = {
    find: (id) => {
      const found = kept.records.find((record) => record.id.startsWith(id));
      if (found) return found;
      throw failure('share-unknown');
    },
    unfinished: () => kept.records,
    leftovers: () => kept.leftovers,
  };
  const links: Pick<Links, 'link' | 'dropLeftover'> = {
    dropLeftover: ({ id }) => {
      lines.push(`drop ${id}`);
      return fates[id]?.upload?.() ?? Promise.resolve();
    },
    link: ({ bucket }, key, life) => {
      asked.push({ bucket, key, life });
      return Promise.resolve({ link: linkTo('there.txt'), untried: fates['there.txt']?.signing ?? null });
    },
  };
  const settings = await Settings.open(folder);
  const rooms: Partial<Rooms> = {
    ...{ settings, sharing: sharing as Sharing, links: links as Links, history: history as History },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: (origin) => ({
      origin,
      resolve: () => Promise.reject(failure('no-credentials')),
      forget: () => undefined,
    }),
    holding: { id: 'command-00000000000000aa', lives: (id) => id.endsWith('ee') },
    limitBandwidth: (plan) => asked.push(plan),
  };
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA' });
  const run = (line: string) => runCommand(line.split(' '), context);
  return { context, terminal: context.terminal, settings, lines, asked, kept, run };
}
