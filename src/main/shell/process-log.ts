import { arch, platform, release } from 'node:os';
import { app } from 'electron';
import { errorFields, type Log } from '../../shared/log.ts';

/**
 * Writes down how the app begins and ends, and what goes wrong where nobody asked: a process that is gone, an error that
 * nobody caught. A rejection that nobody awaits ends no upload; an exception goes on to whoever tells of it.
 */
export function logProcess(log: Log, on: Pick<NodeJS.Process, 'on'> = process): void {
  const { electron, chrome, node } = process.versions;
  const system = `${platform()}-${arch()}`;
  const versions = { app: app.getVersion(), electron, chrome, node, system, os: release() };
  log.write('info', 'start', { ...versions, packaged: app.isPackaged });
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    log.write('error', 'window crashed', { reason, exit: exitCode });
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.write('error', 'process gone', { type, reason, exit: exitCode });
  });
  app.on('quit', (_event, exitCode) => {
    log.write('info', 'end', { exit: exitCode });
  });
  on.on('unhandledRejection', (reason) => {
    log.write('error', 'unhandled rejection', errorFields(reason));
  });
  on.on('uncaughtExceptionMonitor', (error) => {
    log.write('error', 'uncaught exception', errorFields(error));
  });
}
