import type { Link } from '../../../src/main/share/link.ts';
import type { Share } from '../../../src/main/share/share.ts';
import type { UploadProgress } from '../../../src/main/upload/upload.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';
import type { TransferFailure, TransferState } from '../../../src/shared/transfer-state.ts';

export const NOON = Date.UTC(2026, 6, 1, 12);
export const HOUR = 3_600_000;

/** Bytes of every scripted file. */
export const SIZE = 1_000;

const UNDER_WAY = {
  plan: { size: SIZE, partSize: SIZE, partCount: 1 },
  uploadId: null,
  partsDone: 0,
  restarts: 0,
};

type Watched = Pick<
  Share,
  'link' | 'remark' | 'progress' | 'watch' | 'upload' | 'pause' | 'resume' | 'stall' | 'cancel' | 'interrupt'
>;

export const failure = (code: ErrorCode) => new SandglassError(code, `Scripted: ${code}.`);

export const urlOf = (id: string) => `https://films.s3.amazonaws.com/k/${id}?X-Amz-Signature=5161${id}`;

export function linkTo(id: string, name = `${id}.mp4`): Link {
  return {
    ...{ id, name, url: urlOf(id), bucket: 'films', key: `k/${name}`, size: SIZE },
    ...{ signedAt: NOON, expiresAt: NOON + HOUR, requestedExpiresAt: NOON + HOUR },
    ...{ limitedBy: null, endUncertain: false },
  };
}

/** A share whose upload does what the test says, and which writes down what is asked of it. */
export class ScriptedShare implements Watched {
  link: Link;
  remark: SandglassError | null = null;
  readonly lines: string[];
  progress: UploadProgress = {
    ...{ state: { kind: 'queued', paused: false, uploadId: null }, sentBytes: 0, totalBytes: SIZE },
  };
  readonly #watchers = new Set<(progress: UploadProgress) => void>();
  readonly #end = Promise.withResolvers<undefined>();

  constructor(link: Link, lines: string[] = []) {
    this.link = link;
    this.lines = lines;
  }

  get asShare(): Share {
    return shareOf(this);
  }

  watch(watcher: (progress: UploadProgress) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async upload(): Promise<void> {
    this.lines.push(`upload ${this.link.id}`);
    await this.#end.promise;
  }

  pause(): void {
    this.lines.push(`pause ${this.link.id}`);
  }

  resume(): void {
    this.lines.push(`resume ${this.link.id}`);
  }

  stall({ code }: TransferFailure): void {
    this.lines.push(`stall ${this.link.id}: ${code}`);
  }

  cancel(): void {
    this.lines.push(`cancel ${this.link.id}`);
  }

  interrupt(): void {
    this.lines.push(`interrupt ${this.link.id}`);
  }

  moves(state: TransferState, sentBytes: number): void {
    this.progress = { ...this.progress, state, sentBytes };
    for (const watcher of this.#watchers) watcher(this.progress);
  }

  sends(sentBytes: number): void {
    this.moves({ kind: 'uploading', ...UNDER_WAY }, sentBytes);
  }

  /** @param reason what it waits for; nothing where a person has paused it */
  pauses(sentBytes: number, reason: TransferFailure | null = null): void {
    this.moves({ kind: 'paused', stage: 'uploading', reason, ...UNDER_WAY }, sentBytes);
  }

  /** @param url of the link that took the place of the first, where the clock was wrong */
  arrives(url = this.link.url): void {
    this.link = { ...this.link, url };
    this.moves({ kind: 'done', size: SIZE }, SIZE);
    this.#end.resolve(undefined);
  }

  endsBadly(code: ErrorCode): void {
    const { message } = failure(code);
    const state: TransferState =
      code === 'cancelled' || code === 'interrupted'
        ? { kind: code }
        : { kind: 'failed', failure: { code, message }, kept: false };
    this.moves(state, this.progress.sentBytes);
    this.#end.reject(failure(code));
  }
}

function shareOf(share: Watched): Share {
  return share as Share;
}
