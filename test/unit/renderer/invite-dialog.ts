import { fireEvent, screen, within } from '@testing-library/svelte';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, openedWindow, settle } from './opened-window.ts';

export const dialog = () => screen.getByRole('dialog', { name: 'Let somebody else upload' });
export const inDialog = () => within(dialog());
export const open = () => click(screen.getByRole('button', { name: 'Invite an upload…' }));

export async function fill(label: string, text: string): Promise<void> {
  await fireEvent.input(inDialog().getByLabelText(label), { target: { value: text } });
  await settle();
}

export async function choose(label: string, value: string): Promise<void> {
  await fireEvent.change(inDialog().getByLabelText(label), { target: { value } });
  await settle();
}

export async function confirm(): Promise<void> {
  await fireEvent.submit(dialog().querySelector('form')!);
  await settle();
}

export async function opened(): Promise<FakeBridge> {
  const fake = await openedWindow();
  await open();
  return fake;
}

export const asForm = () => click(inDialog().getByLabelText(/^Files, by a form/));
