import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { vi } from 'vitest';
import type { Board, ShareRow } from '../../../src/shared/board.ts';
import App from '../../../src/renderer/app.svelte';
import { board, FakeBridge } from '../../renderer/fake-bridge.ts';

/** The whole window over a fake main process, read and drawn for the first time. */
export async function openedWindow(
  given: { readonly board?: Partial<Board>; readonly rows?: ShareRow[] } = {},
): Promise<FakeBridge> {
  const fake = new FakeBridge({ board: board(given.board), rows: given.rows ?? [] });
  render(App, { bridge: fake.bridge });
  await settle();
  return fake;
}

/** Lets all answers of the fake arrive and be drawn; no clock moves. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await tick();
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await tick();
}

export async function press(
  element: Element | Window,
  key: string,
  held: KeyboardEventInit = {},
): Promise<boolean> {
  const goesOn = await fireEvent.keyDown(element, { key, ...held });
  await settle();
  return goesOn;
}

export async function click(element: Element): Promise<void> {
  await fireEvent.click(element);
  await settle();
}

export async function type(label: string, text: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
  await settle();
}

export function rowOf(name: string): HTMLElement {
  const row = screen.getAllByRole('row').find((each) => each.textContent.includes(name));
  if (!row) throw new Error(`No row ${name}`);
  return row;
}

/** Types a date and time and goes on to the next field. */
export async function pickMoment(field: HTMLInputElement, value: string): Promise<void> {
  await fireEvent.input(field, { target: { value } });
  await fireEvent.blur(field);
  await settle();
}

/** What the window says at its lower edge. */
export const messages = (): string => screen.getByRole('region', { name: 'Messages' }).textContent.trim();

/** An event as a browser makes it of files; jsdom knows neither drags nor the clipboard. */
export function fileEvent(
  type: 'dragover' | 'dragleave' | 'drop' | 'paste',
  files: readonly File[],
  text = '',
): Event {
  const carried = {
    ...{ types: files.length > 0 ? ['Files'] : ['text/uri-list'], files, dropEffect: 'none' },
    getData: () => text,
  };
  const event = new Event(type, { bubbles: true, cancelable: true });
  return Object.assign(
    event,
    type === 'paste' ? { clipboardData: carried } : { dataTransfer: carried, relatedTarget: null },
  );
}

export async function drop(...files: readonly File[]): Promise<Event> {
  const event = fileEvent('drop', files);
  window.dispatchEvent(event);
  await settle();
  return event;
}

export const file = (name: string) => new File(['sand'], name);

/** Moves the clock, and lets follow what was waiting for it. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}
