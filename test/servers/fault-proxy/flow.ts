import type { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** Settles with the first of these events. @throws the signal's reason where it aborts before */
export function eventOf(emitter: EventEmitter, names: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      for (const name of names) emitter.off(name, settle);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    for (const name of names) emitter.on(name, settle);
    signal.addEventListener('abort', settle);
    if (signal.aborted) settle();
  });
}

/** Waits for a gate. @throws the signal's reason where it aborts before */
export async function held<Value>(until: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let leave = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
  });
  try {
    return await Promise.race([aborted, until]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/**
 * Hands a body on and waits where the other side is slower. Where the other side closes, it stops without an error:
 * there may be an answer on the way. What was handed over before an error is flushed before the error is thrown.
 * @throws whatever the chunks throw, and the signal's reason
 */
export async function pour(
  chunks: AsyncIterable<Buffer>,
  into: Writable,
  signal: AbortSignal,
  poured: (bytes: number) => void = () => undefined,
): Promise<void> {
  let flushed = Promise.resolve(undefined);
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      if (isClosed(into)) return;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const goesOn = into.write(chunk, () => {
        resolve(undefined);
      });
      flushed = promise;
      poured(chunk.length);
      if (!goesOn && !isClosed(into)) await eventOf(into, ['drain', 'close'], signal);
    }
  } catch (error) {
    if (!signal.aborted && !isClosed(into)) {
      await Promise.race([flushed, eventOf(into, ['close'], signal)]);
    }
    throw error;
  }
}

/**
 * Like `pour`, for bodies that nothing happens to: faster, because nobody waits at each chunk. Settles also where
 * either side closes before the end.
 */
export async function pipe(
  from: Readable,
  into: Writable,
  signal: AbortSignal,
  piped: (bytes: number) => void,
): Promise<void> {
  from.on('data', (chunk: Buffer) => {
    piped(chunk.length);
  });
  from.pipe(into, { end: false });
  await Promise.race([eventOf(from, ['end', 'close'], signal), eventOf(into, ['close'], signal)]);
}

/** Takes a body in and forgets it. */
export async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

/** The whole body; for the small documents that are rewritten. */
export async function collected(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

// Asked through a function because it changes while we wait, which the compiler does not expect of a property.
function isClosed(stream: Writable): boolean {
  return stream.destroyed;
}
