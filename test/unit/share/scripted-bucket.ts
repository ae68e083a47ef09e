import type { S3Client } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import type { BucketAccess } from '../../../src/main/signing/bucket-access.ts';

/** What the SDK throws where a server refuses. */
export const refusal = (status: number, name: string) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

/** The answer to a command, or one for each time that it is sent, the last for all that follow. */
export type Answer = object | Error | readonly (object | Error)[];

/** A bucket whose client writes down the names of the commands it is sent, and answers each as scripted. */
export function scriptedBucket(answers: Readonly<Record<string, Answer>> = {}) {
  const lines: string[] = [];
  const inputs: Record<string, unknown>[] = [];
  const asked = new Map<string, number>();
  const send = (command: { readonly input: Record<string, unknown> }): Promise<unknown> => {
    const name = command.constructor.name.replace('Command', '');
    lines.push(name);
    inputs.push(command.input);
    const scripted = answers[name] ?? {};
    const times = asked.get(name) ?? 0;
    asked.set(name, times + 1);
    const answer: unknown = Array.isArray(scripted) ? (scripted[times] ?? scripted.at(-1)) : scripted;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = () => Promise.resolve({ send } as unknown as S3Client);
  const renew = vi.fn(() => Promise.resolve(true));
  const access = { location: { bucket: 'mine' }, client, renew } as unknown as BucketAccess;
  return { lines, inputs, client, renew, access };
}
