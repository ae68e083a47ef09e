import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import {
  channelOf,
  ipcContract,
  type Answer,
  type RequestInput,
  type RequestName,
  type RequestOutput,
} from '../../shared/ipc-contract.ts';
import { SandglassError } from '../../shared/errors.ts';
import { errorFields, type Log } from '../../shared/log.ts';
import { failureOf } from '../board/failure.ts';

/** What answers each request of the contract: all of them, and no other. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    input: RequestInput<Name>,
  ) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};

/**
 * Answers the window. Who asks and what is asked are checked before a handler sees it. What nobody has expected is written
 * down, for the answer tells nothing of it.
 */
export function serveRequests(
  ipcMain: IpcMain,
  isSender: (event: IpcMainInvokeEvent) => boolean,
  handlers: RequestHandlers,
  log: Log,
): void {
  for (const name of Object.keys(ipcContract.requests) as RequestName[]) {
    ipcMain.handle(channelOf(name), async (event, input: unknown): Promise<Answer<unknown>> => {
      try {
        if (!isSender(event)) throw refused('This message does not come from Sandglass’s own window.');
        const checked = ipcContract.requests[name].input.safeParse(input);
        if (!checked.success) throw refused('The window asked for something that makes no sense.');
        // The schema of `name` has just made it the input of `name`; the compiler cannot follow that through a union.
        const handle = handlers[name] as (input: unknown) => unknown;
        return { ok: true, value: await handle(checked.data) };
      } catch (error) {
        const answer = { ok: false, failure: failureOf(error) } as const;
        if (answer.failure.code === 'internal') {
          log.write('error', 'request broke', { channel: name, ...errorFields(error) });
        }
        return answer;
      }
    });
  }
}

function refused(what: string): SandglassError {
  return new SandglassError('bad-usage', what, { next: 'Please report it.' });
}
