import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ShareStanding } from '../../../src/shared/board.ts';
import { failure, share } from '../../renderer/shares.ts';
import { drop, file, messages, openedWindow, press, rowOf, settle } from './opened-window.ts';

const uploading: ShareStanding = {
  ...{ kind: 'uploading', sentBytes: 0, totalBytes: 9, bytesPerSecond: null, secondsLeft: null },
  ...{ restarted: false, waits: false },
};
const lines = (name: string) => rowOf(name).textContent;

describe('a row says that its link is copied', () => {
  it('where this window has just copied it', async () => {
    await openedWindow();
    await drop(file('a.txt'));
    expect(screen.getAllByRole('row')[0]?.textContent).toContain('copied; works when the upload is done');
  });

  it('and after it was copied by hand', async () => {
    await openedWindow({ rows: [share({ standing: uploading })] });
    expect(lines('report.pdf')).not.toContain('copied');
    await press(rowOf('report.pdf'), 'Enter');
    expect(lines('report.pdf')).toContain('copied; works when the upload is done');
  });

  it('but not where copying it failed', async () => {
    const fake = await openedWindow({ rows: [share({ standing: uploading })] });
    fake.handlers.copyShare = () => ({ ok: false, failure: failure('The clipboard is taken.') });
    await press(rowOf('report.pdf'), 'Enter');
    expect(lines('report.pdf')).toContain('The link works when the upload is done');
  });

  it('but no longer after it was paused and resumed, when something else may lie there', async () => {
    const fake = await openedWindow({ rows: [share({ standing: uploading })] });
    await press(rowOf('report.pdf'), 'Enter');
    const paused = { kind: 'paused', sentBytes: 1, totalBytes: 9, reason: null } as const;
    fake.change({ ...fake.rows[0]!, standing: paused });
    await settle();
    await press(rowOf('report.pdf'), ' ');
    fake.change({ ...fake.rows[0]!, standing: uploading });
    await settle();
    expect(lines('report.pdf')).toContain('The link works when the upload is done');
    expect(lines('report.pdf')).not.toContain('copied');
  });
});

describe('trying again', () => {
  it('says that the file is sent again, and of no clipboard', async () => {
    const failed: ShareStanding = { kind: 'failed', failure: failure('The line was cut.') };
    const fake = await openedWindow({ rows: [share({ standing: failed })] });
    rowOf('report.pdf').focus();
    screen.getByRole('button', { name: 'Try again' }).click();
    await settle();
    expect(fake.inputsOf('retryShare')).toHaveLength(1);
    expect(messages()).toContain('Sending report.pdf again; its link stays the same');
    expect(messages()).not.toContain('copied');
  });
});
