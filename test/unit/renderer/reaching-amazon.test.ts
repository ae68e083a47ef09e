import { fireEvent, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountDraft } from '../../../src/shared/board.ts';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, openedWindow, settle, type } from './opened-window.ts';

const submit = async () => {
  await fireEvent.submit(screen.getByRole('form', { name: 'Connect a bucket' }));
  await settle();
};

const fillKeys = async () => {
  await type('Access key ID', 'AKIAEXAMPLE');
  await type('Secret access key', 'the-secret-of-the-test');
  await type('Bucket', 'mine');
};

const draftOf = (input: unknown) => (input as { draft: AccountDraft }).draft;

describe('how Amazon S3 is reached', () => {
  let fake: FakeBridge;
  beforeEach(async () => {
    fake = await openedWindow({ board: { accounts: [], currentAccount: null } });
  });

  it('is folded away, and not said where nobody chooses', async () => {
    expect(screen.getByText('Advanced').closest('details')?.open).toBe(false);
    await fillKeys();
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)[0]).not.toHaveProperty('variants');
  });

  it('is sent as it is chosen', async () => {
    await click(screen.getByLabelText('Over IPv6 as well as IPv4 (dual-stack)'));
    await click(screen.getByLabelText('With validated cryptography (FIPS 140)'));
    await fillKeys();
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)).toMatchObject([{ variants: ['dualstack', 'fips'] }]);
  });

  it('says what cannot be had together, and tests nothing before one of both is taken back', async () => {
    const fips = screen.getByLabelText<HTMLInputElement>('With validated cryptography (FIPS 140)');
    await click(fips);
    await click(screen.getByLabelText(/Transfer Acceleration/));
    await fillKeys();
    const clash = 'Transfer Acceleration has no FIPS endpoint: choose one of the two.';
    expect(screen.getByText(clash).closest('details')?.open).toBe(true);
    expect(fips.validationMessage).toBe(clash);
    await click(screen.getByRole('button', { name: 'Test' }));
    expect(fake.inputsOf('testAccount')).toEqual([]);
    await click(fips);
    expect(screen.queryByText(clash)).toBeNull();
    await click(screen.getByRole('button', { name: 'Test' }));
    expect(fake.inputsOf('testAccount').map(draftOf)).toMatchObject([{ variants: ['accelerate'] }]);
  });

  it('is offered for Amazon S3 alone, and not sent elsewhere', async () => {
    await click(screen.getByLabelText('With validated cryptography (FIPS 140)'));
    await click(screen.getByLabelText('Wasabi'));
    expect(screen.queryByLabelText('With validated cryptography (FIPS 140)')).toBeNull();
    await type('Region', 'eu-central-1');
    await fillKeys();
    await submit();
    expect(fake.inputsOf('connectAccount').map(draftOf)[0]).not.toHaveProperty('variants');
  });
});
