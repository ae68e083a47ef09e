import { fireEvent, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountDraft } from '../../../src/shared/board.ts';
import { failure } from '../../renderer/shares.ts';
import { done, type FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, openedWindow, settle, type, messages } from './opened-window.ts';

const SECRET = 'the-secret-of-the-test';

const submit = async () => {
  await fireEvent.submit(screen.getByRole('form', { name: 'Connect a bucket' }));
  await settle();
};

const fillKeys = async () => {
  await type('Access key ID', ' AKIAEXAMPLE ');
  await type('Secret access key', SECRET);
  await type('Bucket', 'mine');
};

const draftOf = (input: unknown) => (input as { draft: AccountDraft }).draft;

describe('the first run', () => {
  let fake: FakeBridge;
  beforeEach(async () => {
    fake = await openedWindow({ board: { accounts: [], currentAccount: null } });
  });

  it('asks for a bucket, with nowhere to go back to', () => {
    expect(screen.getByRole('heading', { name: 'Connect a bucket' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Back to the shares' })).toBeNull();
    expect(fake.inputsOf('previewLife')).toEqual([]);
  });

  it('connects Amazon S3 with a key pair and a bucket alone, and then shows the drop area', async () => {
    await fillKeys();
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)).toEqual([
      {
        name: 'mine',
        keys: { in: 'keychain', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET },
        endpoint: null,
        region: null,
        pathStyle: null,
        bucket: 'mine',
        prefix: null,
      },
    ]);
    expect(screen.getByRole('heading', { name: 'Drop files here' })).toBeTruthy();
    expect(messages()).toContain('mine is connected');
  });

  it.each([
    ['Cloudflare R2', 'Account ID', 'abc123', 'https://abc123.r2.cloudflarestorage.com', 'auto'],
    [
      'Backblaze B2',
      'Region',
      'eu-central-003',
      'https://s3.eu-central-003.backblazeb2.com',
      'eu-central-003',
    ],
    ['Wasabi', 'Region', 'eu-central-1', 'https://s3.eu-central-1.wasabisys.com', 'eu-central-1'],
    ['DigitalOcean Spaces', 'Region', 'fra1', 'https://fra1.digitaloceanspaces.com', 'fra1'],
  ])('knows where %s is reached', async (provider, label, answer, endpoint, region) => {
    await click(screen.getByLabelText(provider));
    await type(label, answer);
    await fillKeys();
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)).toMatchObject([
      { endpoint, region, pathStyle: null },
    ]);
  });

  it('takes any other endpoint as it is typed', async () => {
    await click(screen.getByLabelText('MinIO, Ceph, other'));
    await type('Endpoint', 'http://127.0.0.1:9000/');
    await fillKeys();
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)).toMatchObject([
      { endpoint: 'http://127.0.0.1:9000', region: null, pathStyle: true },
    ]);
  });

  it('takes a profile of this computer instead of keys', async () => {
    await click(screen.getByLabelText('A profile of this computer'));
    expect(screen.queryByLabelText('Secret access key')).toBeNull();
    await fireEvent.change(screen.getByLabelText('Profile'), { target: { value: 'work' } });
    await type('Bucket', 'mine');
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)).toMatchObject([
      { keys: { in: 'profile', profile: 'work' } },
    ]);
  });

  it('offers no profiles where there are none', async () => {
    document.body.replaceChildren();
    const bare = await openedWindow({ board: { accounts: [], currentAccount: null } });
    bare.handlers.listProfiles = () => ({ ok: true, value: [] });
    bare.push('asked', { to: 'preferences' });
    await settle();
    bare.push('asked', { to: 'connect' });
    await settle();
    expect(screen.queryByLabelText('A profile of this computer')).toBeNull();
  });

  it('asks for each field it needs before it tests or looks for buckets', async () => {
    await click(screen.getByRole('button', { name: 'Test' }));
    await click(screen.getByRole('button', { name: 'Find the buckets of these keys' }));
    expect(fake.inputsOf('testAccount')).toEqual([]);
    expect(fake.inputsOf('listBuckets')).toEqual([]);
  });

  it('offers the buckets that the keys may list', async () => {
    await fillKeys();
    await type('Bucket', '');
    await click(screen.getByRole('button', { name: 'Find the buckets of these keys' }));
    expect(fake.inputsOf('listBuckets').map(draftOf)).toMatchObject([{ bucket: null }]);
    expect(screen.getByText('2 found: pick one, or type a name.')).toBeTruthy();
    const offered = [...document.querySelectorAll('datalist option')].map((option) =>
      option.getAttribute('value'),
    );
    expect(offered).toEqual(['family-album', 'handover']);
  });

  it('lets the bucket be typed where the keys may not list any', async () => {
    fake.handlers.listBuckets = () => ({ ok: true, value: null });
    await fillKeys();
    await click(screen.getByRole('button', { name: 'Find the buckets of these keys' }));
    expect(screen.getByText('These keys may not list buckets; type the name.')).toBeTruthy();
  });

  it('tests step by step, and names the permission that is missing', async () => {
    fake.handlers.testAccount = () => ({
      ok: true,
      value: [
        { name: 'put', permission: 's3:PutObject', failure: null },
        {
          name: 'delete',
          permission: 's3:DeleteObject',
          failure: { ...failure('S3 refused it.', 'Allow it.'), code: 'access-denied' },
        },
      ],
    });
    await fillKeys();
    await click(screen.getByRole('button', { name: 'Test' }));
    const steps = screen.getAllByRole('listitem').map((step) => step.textContent.replace(/\s+/g, ' ').trim());
    expect(steps[0]).toBe('Upload a small file: worked');
    expect(steps[1]).toContain('Delete it: failed; needs s3:DeleteObject');
    expect(steps[1]).toContain('S3 refused it. Allow it.');
    expect(screen.queryByText('All of it worked.')).toBeNull();
    expect(fake.inputsOf('connectAccount')).toEqual([]);
  });

  it('names no permission where the reason is another, and tells the same reason once', async () => {
    const wrongKey = { ...failure('The secret access key is wrong.', 'Type it again.'), code: 'refused' };
    fake.handlers.testAccount = () => ({
      ok: true,
      value: [
        { name: 'put', permission: 's3:PutObject', failure: wrongKey },
        { name: 'open-link', permission: 's3:GetObject', failure: wrongKey },
        { name: 'delete', permission: 's3:DeleteObject', failure: failure('The network is gone.') },
        { name: 'begin-multipart', permission: 's3:PutObject', failure: wrongKey },
      ],
    });
    await fillKeys();
    await click(screen.getByRole('button', { name: 'Test' }));
    const steps = screen.getAllByRole('listitem').map((step) => step.textContent.replace(/\s+/g, ' ').trim());
    expect(steps).toEqual([
      'Upload a small file: failed The secret access key is wrong. Type it again.',
      'Open its link: failed',
      'Delete it: failed The network is gone.',
      'Begin a large upload: failed The secret access key is wrong. Type it again.',
    ]);
  });

  it('says where all of it worked, and no longer once something else is typed', async () => {
    await fillKeys();
    await click(screen.getByRole('button', { name: 'Test' }));
    expect(screen.getByText('All of it worked.')).toBeTruthy();
    await type('Bucket', 'another');
    expect(screen.queryByText('All of it worked.')).toBeNull();
  });

  it('sends no second request while the first is under way', async () => {
    let answer: (value: typeof done) => void = () => undefined;
    fake.handlers.connectAccount = () => new Promise((resolve) => (answer = resolve));
    await fillKeys();
    await submit();
    expect(screen.getByRole('button', { name: 'Connecting…' })).toBeTruthy();
    await submit();
    expect(fake.inputsOf('connectAccount')).toHaveLength(1);
    answer(done);
    await settle();
  });
});

describe('the secret', () => {
  it('is typed unseen, and into a field that no browser fills or keeps', async () => {
    await openedWindow({ board: { accounts: [], currentAccount: null } });
    const field = screen.getByLabelText<HTMLInputElement>('Secret access key');
    expect([field.type, field.autocomplete]).toEqual(['password', 'off']);
  });

  it('is gone from its field when the account is connected', async () => {
    await openedWindow({ board: { accounts: [], currentAccount: null } });
    await fillKeys();
    const field = screen.getByLabelText<HTMLInputElement>('Secret access key');
    await submit();
    expect(field.value).toBe('');
    expect(document.documentElement.outerHTML).not.toContain(SECRET);
  });

  it('is still there to be corrected when the keys were refused, and why is told', async () => {
    const fake = await openedWindow({ board: { accounts: [], currentAccount: null } });
    fake.handlers.connectAccount = () => ({
      ok: false,
      failure: failure('These keys are not known.', 'Check them.'),
    });
    await fillKeys();
    await submit();
    expect(screen.getByLabelText<HTMLInputElement>('Secret access key').value).toBe(SECRET);
    expect(messages()).toContain('These keys are not known.');
    expect(screen.getByRole('heading', { name: 'Connect a bucket' })).toBeTruthy();
  });

  it('is said to be forgotten on quit where there is no keychain', async () => {
    await openedWindow({ board: { vaultKeeps: 'memory' } });
    expect(screen.getByText(/keys are kept in memory, and forgotten when Sandglass quits/)).toBeTruthy();
  });

  it('is not said to be forgotten where there is one', async () => {
    await openedWindow();
    expect(screen.queryByText(/forgotten when Sandglass quits/)).toBeNull();
  });
});
