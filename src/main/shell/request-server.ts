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
import { failureOf } from '../board/failure.ts';

/** What answers each request of the contract: all of them, and no other. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    input: RequestInput<Name>,
  ) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};

/** Answers the window. Who asks and what is asked are checked before a handler sees it. */
export function serveRequests(
  ipcMain: IpcMain,
  isSender: (event: IpcMainInvokeEvent) => boolean,
  handlers: RequestHandlers,
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
        return { ok: false, failure: failureOf(error) };
      }
    });
  }
}

function refused(what: string): SandglassError {
  return new SandglassError('bad-usage', what, { next: 'Please report it.' });
}
