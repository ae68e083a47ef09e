import { z } from 'zod';
import { failure } from '../../src/shared/board.ts';
import { ipcContract, type RequestName } from '../../src/shared/ipc-contract.ts';

const refusal = z.strictObject({ ok: z.literal(false), failure });
const STACK = /\n\s+at |\bat \S+ \(|\.[cm]?[jt]s:\d+|node:internal|node_modules/;

/**
 * What is wrong with an answer to the window; null where nothing is. It has to be what the contract promises and somebody
 * has thought of, and it may hold neither a stack nor any of these texts: folders of ours, and secrets.
 */
export function faultOf(name: RequestName, answer: unknown, private_: readonly string[]): string | null {
  const value = z.strictObject({ ok: z.literal(true), value: ipcContract.requests[name].output });
  const shape = z.union([refusal, value]).safeParse(answer);
  if (!shape.success) return `is not what the contract promises: ${JSON.stringify(shape.error.issues)}`;
  const text = JSON.stringify(answer);
  if (!shape.data.ok && shape.data.failure.code === 'internal') return `was not expected: ${text}`;
  if (STACK.test(JSON.stringify(answer).replaceAll(String.raw`\n`, '\n'))) return `holds a stack: ${text}`;
  const held = private_.find((each) => text.includes(each));
  return held === undefined ? null : `holds ${held}: ${text}`;
}
