import type { Board, LifeChoice, LifePreview, OfferedFile, ShareRow } from '../../src/shared/board.ts';
import type {
  Answer,
  Bridge,
  Push,
  PushName,
  RequestInput,
  RequestName,
  RequestOutput,
} from '../../src/shared/ipc-contract.ts';
import { FakeBucket } from './fake-bucket.ts';
import { endingHandlers } from './fake-endings.ts';
import { invitationHandlers } from './fake-invitations.ts';
import { share } from './shares.ts';

export type Handlers = {
  -readonly [Name in RequestName]: (
    input: Name extends 'offerFiles' ? readonly File[] : RequestInput<Name>,
  ) => Answer<RequestOutput<Name>> | Promise<Answer<RequestOutput<Name>>>;
};

export interface Call {
  readonly name: RequestName;
  readonly input: unknown;
}

type Listeners = { readonly [Name in PushName]: Set<(push: Push<Name>) => void> };

export const done = { ok: true, value: null } as const;

export function board(given: Partial<Board> = {}): Board {
  return {
    version: '0.1.0',
    platform: 'linux',
    accounts: [
      { name: 'family', keysIn: 'keychain', profile: null, endpoint: null, bucket: 'family-album' },
      { name: 'work', keysIn: 'profile', profile: 'work', endpoint: null, bucket: 'acme-handover' },
    ],
    currentAccount: 'family',
    vaultKeeps: 'keychain',
    life: { kind: 'seconds', seconds: 86_400 },
    goneAtEnd: false,
    clockOffset: 0,
    language: { chosen: 'system', spoken: 'en' },
    preferences: { launchAtLogin: false, globalShortcut: null, bandwidth: 'off' },
    ...given,
  };
}

/** A main process of one object: answers as the real one does, keeps what was asked, and pushes on demand. */
export class FakeBridge {
  board: Board;
  rows: ShareRow[];
  readonly bucket = new FakeBucket();
  readonly calls: Call[] = [];
  readonly handlers: Handlers;
  readonly bridge: Bridge;
  readonly #listeners: Listeners = {
    boardChanged: new Set(),
    sharesChanged: new Set(),
    sharesListed: new Set(),
    asked: new Set(),
  };

  constructor(given: { readonly board?: Board; readonly rows?: ShareRow[] } = {}) {
    this.board = given.board ?? board();
    this.rows = given.rows ?? [];
    this.handlers = this.#usualHandlers();
    this.bridge = this.#bridge();
  }

  push<Name extends PushName>(name: Name, push: Push<Name>): void {
    for (const listener of this.#listeners[name]) listener(push);
  }

  change(row: ShareRow): void {
    this.rows = this.rows.map((each) => (each.id === row.id ? row : each));
    this.push('sharesChanged', { rows: [row] });
  }

  changeBoard(given: Partial<Board>): void {
    this.board = { ...this.board, ...given };
    this.push('boardChanged', this.board);
  }

  inputsOf(name: RequestName): readonly unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  #bridge(): Bridge {
    const requests = Object.keys(this.handlers).map((name) => {
      const known = name as RequestName;
      const ask = async (input: never) => {
        // What cannot be cloned would not have crossed the real bridge.
        this.calls.push({ name: known, input: known === 'offerFiles' ? input : structuredClone(input) });
        return await (this.handlers[known] as (given: never) => unknown)(input);
      };
      return [known, ask];
    });
    const pushes = Object.entries(this.#listeners).map(([name, listeners]) => {
      const all = listeners as Set<unknown>;
      const listen = (listener: unknown) => {
        all.add(listener);
        return () => all.delete(listener);
      };
      return [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`, listen];
    });
    return Object.fromEntries([...requests, ...pushes]) as Bridge;
  }

  #usualHandlers(): Handlers {
    return {
      readBoard: () => ({ ok: true, value: this.board }),
      readShares: ({ search, offset, limit }) => {
        const found = this.rows.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
        return { ok: true, value: { total: found.length, rows: found.slice(offset, offset + limit) } };
      },
      offerFiles: (files) => ({ ok: true, value: files.map(offered) }),
      chooseFiles: () => ({ ok: true, value: [offered({ name: 'chosen.txt', size: 12 })] }),
      startShares: ({ fileIds, life }) => this.#start(fileIds, life),
      copyShare: () => done,
      pauseShare: () => done,
      resumeShare: () => done,
      cancelShare: () => done,
      retryShare: ({ id }) => ({ ok: true, value: this.#row(id) }),
      extendShare: ({ id }) => ({ ok: true, value: this.#row(id) }),
      revokeShare: ({ id }) => {
        this.change({ ...this.#row(id), standing: { kind: 'revoked' } });
        return { ok: true, value: { did: 'deleted' } };
      },
      previewLife: ({ life }) => ({ ok: true, value: preview(life, Date.now() + this.board.clockOffset) }),
      ...endingHandlers(this),
      previewObject: ({ life }) => ({ ok: true, value: preview(life, Date.now() + this.board.clockOffset) }),
      previewExtension: ({ life }) => ({
        ok: true,
        value: preview(life, Date.now() + this.board.clockOffset),
      }),
      chooseLife: ({ life }) => {
        this.changeBoard({ life });
        return done;
      },
      listProfiles: () => ({ ok: true, value: ['default', 'work'] }),
      listBuckets: () => ({ ok: true, value: ['family-album', 'handover'] }),
      testAccount: () => ({
        ok: true,
        value: [{ name: 'put', permission: 's3:PutObject', failure: null }],
      }),
      connectAccount: ({ draft }) => {
        const { name, bucket, endpoint } = draft;
        const account = { name, keysIn: 'keychain', profile: null, endpoint, bucket } as const;
        this.changeBoard({ accounts: [...this.board.accounts, account], currentAccount: name });
        return done;
      },
      probeVault: () => done,
      renewKeys: () => done,
      selectAccount: ({ name }) => {
        this.changeBoard({ currentAccount: name });
        return done;
      },
      removeAccount: ({ name }) => {
        const accounts = this.board.accounts.filter((account) => account.name !== name);
        this.changeBoard({ accounts, currentAccount: accounts[0]?.name ?? null });
        return done;
      },
      changePreferences: (preferences) => {
        this.changeBoard({ preferences });
        return done;
      },
      chooseLanguage: ({ language: chosen }) => {
        this.changeBoard({ language: { chosen, spoken: chosen === 'system' ? 'en' : chosen } });
        return done;
      },
      browseBuckets: () => ({ ok: true, value: [...this.bucket.names] }),
      browse: (asked) => ({ ok: true, value: this.bucket.page(asked) }),
      listVersions: ({ key }) => ({ ok: true, value: this.bucket.versions(key) }),
      ...invitationHandlers(this),
      linkObject: ({ key, bucket, life }) => this.#linked(bucket, key, life),
    };
  }

  #linked(bucket: string, key: string, life: LifeChoice): Answer<ShareRow> {
    const archived = this.bucket.archivedFailure(key);
    if (archived) return { ok: false, failure: archived };
    const now = Date.now();
    const { expiresAt } = preview(life, now);
    const name = key.split('/').at(-1) ?? key;
    const id = `${this.rows.length}`.padStart(10, 'c');
    const row = share({ id, name, bucket, key, signedAt: now, expiresAt });
    this.rows = [row, ...this.rows];
    return { ok: true, value: row };
  }

  #row(id: string): ShareRow {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new Error(`No share ${id}`);
    return row;
  }

  #start(fileIds: readonly string[], life: LifeChoice): Answer<RequestOutput<'startShares'>> {
    const now = Date.now();
    const { expiresAt } = preview(life, now);
    const standing = {
      kind: 'uploading',
      sentBytes: 0,
      totalBytes: 9,
      bytesPerSecond: null,
      secondsLeft: null,
      restarted: false,
      waits: false,
    } as const;
    const started = fileIds.map((fileId, place) =>
      share({
        id: `${this.rows.length + place}`.padStart(10, 'b'),
        name: `${fileId}.bin`,
        signedAt: now,
        expiresAt,
        standing,
      }),
    );
    this.rows = [...started, ...this.rows];
    this.push('sharesListed', {});
    return { ok: true, value: started.map((row) => ({ kind: 'started', row }) as const) };
  }
}

let lastFile = 0;

export function offered({ name, size }: { readonly name: string; readonly size: number }): OfferedFile {
  lastFile += 1;
  return {
    kind: 'file',
    fileId: `00000000-0000-4000-8000-${String(lastFile).padStart(12, '0')}`,
    name,
    size,
  };
}

export function preview(life: LifeChoice, now: number, credentialsEnd = Infinity): LifePreview {
  const requestedExpiresAt = life.kind === 'until' ? life.at : now + life.seconds * 1000;
  const expiresAt = Math.min(requestedExpiresAt, credentialsEnd);
  return {
    expiresAt,
    requestedExpiresAt,
    limitedBy: expiresAt < requestedExpiresAt ? 'credentials' : null,
    endUncertain: false,
  };
}
