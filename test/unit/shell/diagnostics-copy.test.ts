import { expect, it, vi } from 'vitest';
import { copyDiagnostics } from '../../../src/main/shell/diagnostics-copy.ts';

const clipboard = vi.hoisted(() => ({ writeText: vi.fn<(text: string) => Promise<void>>() }));
vi.mock('electron', () => ({ clipboard }));

const notices = () => ({
  diagnosticsCopied: vi.fn<() => void>(),
  notCopied: vi.fn<(failure: unknown) => void>(),
});

it('diagnostics are put on the clipboard, and that is said', async () => {
  const told = notices();
  await copyDiagnostics(() => Promise.resolve('### Sandglass'), told);
  expect(clipboard.writeText.mock.lastCall).toEqual(['### Sandglass']);
  expect([told.diagnosticsCopied, told.notCopied].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
});

it('diagnostics that the clipboard does not take are not said to be copied', async () => {
  const told = notices();
  clipboard.writeText.mockRejectedValueOnce(new Error('held'));
  await copyDiagnostics(() => Promise.resolve('### Sandglass'), told);
  expect(told.diagnosticsCopied).not.toHaveBeenCalled();
  expect(told.notCopied.mock.calls).toEqual([[expect.objectContaining({ code: 'internal' })]]);
});
