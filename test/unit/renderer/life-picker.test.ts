import { screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure, HOUR } from '../../renderer/shares.ts';
import { preview, type FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, drop, file, messages, openedWindow, pass, pickMoment, settle } from './opened-window.ts';

const TEATIME = new Date(2026, 10, 23, 17, 20, 0).getTime();
const DAY = { kind: 'seconds', seconds: 86_400 };

/** What stands there, beside what is only read aloud. */
const SEEN = { selector: '.end span' };

describe('how long a link lives', () => {
  let fake: FakeBridge;
  beforeEach(async () => {
    vi.useFakeTimers({ now: TEATIME });
    fake = await openedWindow();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is what was chosen last, until something else is', () => {
    expect(screen.getByLabelText<HTMLInputElement>('1 day').checked).toBe(true);
    expect(screen.getByText(/^Ends tomorrow (17:20|5:20\sPM)$/, SEEN)).toBeTruthy();
  });

  it('is kept for the next time, and holds for the next drop', async () => {
    await click(screen.getByLabelText('12 h'));
    expect(fake.inputsOf('chooseLife')).toEqual([{ life: { kind: 'seconds', seconds: 43_200 } }]);
    await drop(file('a.txt'));
    expect(fake.inputsOf('startShares')).toMatchObject([{ life: { kind: 'seconds', seconds: 43_200 } }]);
  });

  it('may be a date and time', async () => {
    await click(screen.getByLabelText('Until…'));
    const field = screen.getByLabelText<HTMLInputElement>('The link ends on');
    expect(field.value).toBe('2026-11-24T18:00');
    expect(field.max).toBe('2026-11-30T17:20');
    await pickMoment(field, '2026-11-25T08:30');
    const at = new Date(2026, 10, 25, 8, 30).getTime();
    expect(fake.inputsOf('chooseLife').at(-1)).toEqual({ life: { kind: 'until', at } });
    expect(screen.getByText(/^Ends Wed (08:30|8:30\sAM)$/, SEEN)).toBeTruthy();
  });

  it('stays as it was while a date and time is half typed', async () => {
    await click(screen.getByLabelText('Until…'));
    const before = fake.inputsOf('chooseLife').length;
    await pickMoment(screen.getByLabelText('The link ends on'), '');
    expect(fake.inputsOf('chooseLife')).toHaveLength(before);
  });

  it('says, before anything is dropped, that the sign-in ends sooner', async () => {
    const end = new Date(2026, 10, 23, 18, 4).getTime();
    fake.handlers.previewLife = ({ life }) => ({ ok: true, value: preview(life, Date.now(), end) });
    await click(screen.getByLabelText('3 days'));
    await click(screen.getByLabelText('1 day'));
    const sentence = /^Ends (18:04|6:04\sPM) with your sign-in, not tomorrow (17:20|5:20\sPM)$/;
    expect(screen.getByText(sentence, SEEN).closest('.limited')).not.toBeNull();
    await click(screen.getByLabelText('10 min'));
    expect(screen.getByText(/^Ends (17:30|5:30\sPM)$/, SEEN).closest('.limited')).toBeNull();
  });

  it('says that no link lives longer than seven days', async () => {
    fake.handlers.previewLife = () => ({
      ok: true,
      value: {
        expiresAt: TEATIME + 168 * HOUR,
        requestedExpiresAt: TEATIME + 170 * HOUR,
        limitedBy: 'maximum',
        endUncertain: false,
      },
    });
    await click(screen.getByLabelText('7 days'));
    expect(screen.getByText(/no link lives longer than 7 days$/, SEEN)).toBeTruthy();
  });

  it('warns where the token does not tell its end', async () => {
    fake.handlers.previewLife = ({ life }) => ({
      ok: true,
      value: { ...preview(life, Date.now()), endUncertain: true },
    });
    await click(screen.getByLabelText('1 h'));
    expect(screen.getByText(/perhaps sooner: your sign-in does not tell its end$/, SEEN)).toBeTruthy();
  });

  it('says in its place, and not as a message, why no link could be signed', async () => {
    fake.handlers.previewLife = () => ({
      ok: false,
      failure: failure('These credentials have ended.', 'Renew them: aws sso login.'),
    });
    await click(screen.getByLabelText('1 h'));
    expect(screen.getByText('These credentials have ended. Renew them: aws sso login.', SEEN)).toBeTruthy();
    expect(messages()).toBe('');
  });

  it('is looked at again each minute, and when another account is chosen', async () => {
    const asked = () => fake.inputsOf('previewLife').length;
    const first = asked();
    await pass(30_000);
    expect(asked()).toBe(first);
    await pass(30_000);
    expect(asked()).toBe(first + 1);
    fake.changeBoard({ currentAccount: 'work' });
    await settle();
    expect(asked()).toBe(first + 2);
    expect(fake.inputsOf('previewLife').at(-1)).toEqual({ life: DAY });
  });

  it('shows the answer to the last question only, in whatever order they come', async () => {
    const answers: ((end: number) => void)[] = [];
    fake.handlers.previewLife = ({ life }) =>
      new Promise((resolve) => {
        answers.push((end) => {
          resolve({ ok: true, value: preview(life, Date.now(), end) });
        });
      });
    await click(screen.getByLabelText('12 h'));
    await click(screen.getByLabelText('1 h'));
    answers[1]?.(Infinity);
    await settle();
    answers[0]?.(TEATIME + 5 * 60_000);
    await settle();
    expect(screen.getByText(/^Ends (18:20|6:20\sPM)$/, SEEN)).toBeTruthy();
  });

  it('offers an unusual life that was chosen elsewhere', async () => {
    fake.changeBoard({ life: { kind: 'seconds', seconds: 5400 } });
    await settle();
    expect(screen.getByLabelText<HTMLInputElement>('1 h 30 min').checked).toBe(true);
  });

  it('is not thrown back by news of something else', async () => {
    fake.handlers.chooseLife = () => ({ ok: true, value: null });
    await click(screen.getByLabelText('12 h'));
    fake.changeBoard({ clockOffset: 5 });
    await settle();
    expect(screen.getByLabelText<HTMLInputElement>('12 h').checked).toBe(true);
  });
});
