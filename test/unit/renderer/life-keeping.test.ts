import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LifeChoice } from '../../../src/shared/board.ts';
import { done, type FakeBridge } from '../../renderer/fake-bridge.ts';
import { HOUR } from '../../renderer/shares.ts';
import { click, openedWindow, pass, pickMoment, press, settle } from './opened-window.ts';

const TEATIME = new Date(2026, 10, 23, 17, 20, 0).getTime();
const field = () => screen.getByLabelText<HTMLInputElement>('The link ends on');
const isChosen = (label: string) => screen.getByLabelText<HTMLInputElement>(label).checked;

beforeEach(() => {
  vi.useFakeTimers({ now: TEATIME });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a choice', () => {
  it('is not thrown back by main’s news of the ones before it', async () => {
    const fake = await openedWindow();
    const answers: (() => void)[] = [];
    fake.handlers.chooseLife = ({ life }) =>
      new Promise((resolve) => {
        answers.push(() => {
          fake.changeBoard({ life });
          resolve(done);
        });
      });
    for (const label of ['10 min', '1 h', '12 h', '3 days', '7 days'])
      await click(screen.getByLabelText(label));
    for (const answer of answers) {
      answer();
      await settle();
      expect(isChosen('7 days')).toBe(true);
    }
    expect(fake.board.life).toEqual({ kind: 'seconds', seconds: 604_800 });
  });

  it('that another window of main has made is adopted once all own ones are answered', async () => {
    const fake = await openedWindow();
    await click(screen.getByLabelText('1 h'));
    fake.changeBoard({ life: { kind: 'seconds', seconds: 600 } });
    await settle();
    expect(isChosen('10 min')).toBe(true);
  });
});

describe('a moment', () => {
  let fake: FakeBridge;
  const chosen = () => fake.inputsOf('chooseLife') as { life: LifeChoice }[];
  const until = async () => {
    fake = await openedWindow();
    await click(screen.getByLabelText('Until…'));
  };

  it('is not taken while its year is still being typed', async () => {
    await until();
    const before = chosen().length;
    for (const year of ['0002', '0020', '0202', '2026']) {
      await fireEvent.input(field(), { target: { value: `${year}-11-25T08:30` } });
      await fireEvent.change(field());
    }
    await settle();
    expect(chosen()).toHaveLength(before);
    await fireEvent.blur(field());
    await settle();
    expect(chosen().slice(before)).toEqual([
      { life: { kind: 'until', at: new Date(2026, 10, 25, 8, 30).getTime() } },
    ]);
  });

  it('is taken by Enter', async () => {
    await until();
    await fireEvent.input(field(), { target: { value: '2026-11-25T08:30' } });
    await press(field(), 'Enter');
    expect(chosen().at(-1)?.life).toMatchObject({
      kind: 'until',
      at: new Date(2026, 10, 25, 8, 30).getTime(),
    });
  });

  it('that has passed is refused where it was typed', async () => {
    await until();
    const before = chosen().length;
    await pickMoment(field(), '2026-11-23T17:20');
    expect(chosen()).toHaveLength(before);
    expect(screen.getByRole('alert').textContent).toBe('That moment has passed: pick a later one.');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    await pickMoment(field(), '2026-11-23T18:20');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(chosen()).toHaveLength(before + 1);
  });

  it('that was kept and has passed gives way to a day, also for whatever does not come through the window', async () => {
    fake = await openedWindow({ board: { life: { kind: 'until', at: TEATIME - HOUR } } });
    expect(isChosen('1 day')).toBe(true);
    expect(chosen()).toEqual([{ life: { kind: 'seconds', seconds: 86_400 } }]);
  });

  it('that was kept and is still to come stays', async () => {
    fake = await openedWindow({ board: { life: { kind: 'until', at: TEATIME + HOUR } } });
    expect(isChosen('Until…')).toBe(true);
    expect(chosen()).toEqual([]);
  });
});

describe('where a choice leads', () => {
  const announced = () => document.querySelector('.outcome [role="status"]')?.textContent;

  it('is announced once it was made, and not as the minutes pass', async () => {
    await openedWindow();
    expect(announced()).toBe('');
    await click(screen.getByLabelText('1 h'));
    expect(announced()).toMatch(/^Ends (18:20|6:20\sPM)$/);
    await pass(300_000);
    expect(announced()).toMatch(/^Ends (18:20|6:20\sPM)$/);
    expect(screen.getByText(/^Ends (18:25|6:25\sPM)$/)).toBeTruthy();
  });
});
