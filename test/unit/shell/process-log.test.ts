import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { logProcess } from '../../../src/main/shell/process-log.ts';
import { logLine } from '../../../src/shared/log.ts';

const given = await vi.hoisted(async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return { app: Object.assign(new Emitter(), { getVersion: () => '1.2.3', isPackaged: true }) };
});
vi.mock('electron', () => ({ app: given.app }));

function scene() {
  given.app.removeAllListeners();
  const lines: string[] = [];
  const ours = new EventEmitter();
  logProcess(
    { write: (...told) => lines.push(logLine(0, ...told).slice(25)) },
    ours as unknown as NodeJS.Process,
  );
  return { lines, ours, app: given.app };
}

describe('the process in the log', () => {
  it('begins with its versions', () => {
    expect(scene().lines).toEqual([
      expect.stringMatching(
        /^info {2}start app=1\.2\.3 .*node=\d+\.\S+ system=\w+-\w+ os=\S+ packaged=true$/,
      ),
    ]);
  });

  it('tells of the window that crashed, of another process that is gone, and of the end', () => {
    const { lines, app } = scene();
    app.emit('render-process-gone', {}, {}, { reason: 'crashed', exitCode: 139 });
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'killed', exitCode: 9 });
    app.emit('quit', {}, 0);
    expect(lines.slice(1)).toEqual([
      'error window crashed reason=crashed exit=139',
      'error process gone type=GPU reason=killed exit=9',
      'info  end exit=0',
    ]);
  });

  it('tells of errors that nobody caught, without what they may give away', () => {
    const { lines, ours } = scene();
    ours.emit('unhandledRejection', new TypeError("open '/home/ada/canary.pdf'"));
    ours.emit('uncaughtExceptionMonitor', new RangeError('AKIACANARY'));
    expect(lines[1]).toMatch(/^error unhandled rejection name=TypeError at=process-log\.test\.ts:\d+:\d+/);
    expect(lines[2]).toMatch(/^error uncaught exception name=RangeError/);
    expect(lines.join()).not.toMatch(/canary/i);
  });
});
