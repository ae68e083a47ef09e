import type { Faults } from './fault.ts';
import { Ending, Truncation } from './ending.ts';
import { drain, held } from './flow.ts';

/** What happens to a body on its way, chunk by chunk. */
export type Stage = (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

const NEVER = new Promise<unknown>(() => undefined);

/**
 * What the faults do to a request's body, in the order in which it happens.
 * @param bodyBytes the announced length, or null where none is
 */
export function requestStages(faults: Faults, bodyBytes: number | null, signal: AbortSignal): Stage[] {
  const stages: Stage[] = [];
  const flip = faults.find('flip');
  if (flip !== undefined) stages.push(flipped(inside(flip.atByte, bodyBytes)));
  const stall = faults.find('stall');
  if (stall !== undefined) {
    const { afterBodyBytes = 0, until = NEVER } = stall;
    stages.push(
      stalled(inside(afterBodyBytes, bodyBytes), async () => {
        await held(until, signal);
      }),
    );
  }
  const reset = faults.find('reset', 'request');
  if (reset !== undefined) {
    stages.push(cut(inside(reset.afterBodyBytes ?? 0, bodyBytes), new Ending('cut', 'RST')));
  }
  const truncate = faults.find('truncate', 'request');
  if (truncate !== undefined) stages.push(cut(inside(truncate.afterBodyBytes, bodyBytes), new Truncation()));
  return stages;
}

/** What the faults do to an answer's body. @param bodyBytes as above */
export function answerStages(faults: Faults, bodyBytes: number | null): Stage[] {
  const reset = faults.find('reset', 'answer');
  const truncate = faults.find('truncate', 'answer');
  return [
    ...(reset ? [cut(inside(reset.afterBodyBytes ?? 0, bodyBytes), new Ending('cut', 'RST'))] : []),
    ...(truncate ? [cut(inside(truncate.afterBodyBytes, bodyBytes), new Ending('cut', 'FIN'))] : []),
  ];
}

/**
 * What strikes a request or an answer that has no body, before anything of it is passed on.
 * @throws Ending where it is cut off
 */
export async function strikeBodiless(stages: readonly Stage[]): Promise<void> {
  try {
    for (const stage of stages) await drain(stage(nothing()));
  } catch (error) {
    throw error instanceof Truncation ? new Ending('cut', 'FIN') : error;
  }
}

function inside(place: number, bodyBytes: number | null): number {
  return bodyBytes === null ? place : Math.min(place, Math.max(0, bodyBytes - 1));
}

function flipped(atByte: number): Stage {
  return async function* (chunks) {
    let start = 0;
    for await (const chunk of chunks) {
      const index = atByte - start;
      start += chunk.length;
      if (index >= 0 && index < chunk.length) {
        const changed = Buffer.from(chunk);
        changed.writeUInt8(chunk.readUInt8(index) ^ 1, index);
        yield changed;
      } else yield chunk;
    }
  };
}

function stalled(afterBytes: number, pause: () => Promise<void>): Stage {
  return async function* (chunks) {
    let left = afterBytes;
    let struck = false;
    for await (const chunk of chunks) {
      if (!struck && chunk.length > left) {
        struck = true;
        if (left > 0) yield chunk.subarray(0, left);
        await pause();
        yield chunk.subarray(left);
      } else {
        left -= chunk.length;
        yield chunk;
      }
    }
    if (!struck) await pause();
  };
}

function cut(afterBytes: number, error: Error): Stage {
  return async function* (chunks) {
    let left = afterBytes;
    for await (const chunk of chunks) {
      if (chunk.length > left) {
        if (left > 0) yield chunk.subarray(0, left);
        throw error;
      }
      left -= chunk.length;
      yield chunk;
    }
    throw error;
  };
}

async function* nothing(): AsyncGenerator<Buffer> {
  // A body of no bytes.
}
