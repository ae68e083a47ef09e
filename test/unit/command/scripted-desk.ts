import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import type { Link } from '../../../src/main/share/link.ts';
import type { Links } from '../../../src/main/share/links.ts';
import type { Share } from '../../../src/main/share/share.ts';
import type { Sharing } from '../../../src/main/share/sharing.ts';
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

/** What becomes of a file: signed and sent, unless it says otherwise. */
interface Fate {
  readonly signing?: SandglassError;
  readonly upload?: () => Promise<void>;
  /** The link once the upload has ended. */
  readonly resigned?: Link;
}

export async function desk(fates: Readonly<Record<string, Fate>> = {}) {
  const lines: string[] = [];
  const asked: unknown[] = [];
  const sharing: Pick<Sharing, 'share'> = {
    share: (path, { bucket, endpoint, source }, options) => {
      const name = basename(path);
      const fate = fates[name] ?? {};
      lines.push(`sign ${name}`);
      asked.push({ path, bucket, endpoint, origin: source.origin.kind, ...options });
      if (fate.signing) return Promise.reject(fate.signing);
      let link = linkTo(name);
      const share: Pick<Share, 'link' | 'watch' | 'upload' | 'interrupt'> = {
        get link() {
          return link;
        },
        watch: () => () => true,
        upload: () => {
          lines.push(`upload ${name}`);
          link = fate.resigned ?? link;
          return fate.upload?.() ?? Promise.resolve();
        },
        interrupt: () => lines.push(`interrupt ${name}`),
      };
      return Promise.resolve(share as Share);
    },
  };
  const links: Pick<Links, 'link'> = {
    link: ({ bucket }, key, life) => {
      asked.push({ bucket, key, life });
      return Promise.resolve({ link: linkTo('there.txt'), untried: fates['there.txt']?.signing ?? null });
    },
  };
  const settings = await Settings.open(folder);
  const rooms: Partial<Rooms> = {
    ...{ settings, sharing: sharing as Sharing, links: links as Links },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: (origin) => ({ origin, resolve: () => Promise.reject(failure('no-credentials')) }),
  };
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA' });
  const run = (line: string) => runCommand(line.split(' '), context);
  return { context, terminal: context.terminal, settings, lines, asked, run };
}
