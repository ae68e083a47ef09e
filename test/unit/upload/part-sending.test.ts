import { describe, expect, it } from 'vitest';
import type { PartSender } from '../../../src/main/upload/ports.ts';
import { PART, ScriptedUpload } from './scripted-upload.ts';

/** A sender that reads each body to its end before it answers, or its first chunk alone; and where the bodies lay. */
function sender(readsOn: boolean, etag: (answers: number) => string | undefined = () => undefined) {
  const rooms: ArrayBufferLike[] = [];
  const put: PartSender['put'] = async (_request, body) => {
    const used = new Set<ArrayBufferLike>();
    for await (const chunk of body) {
      used.add(chunk.buffer);
      if (!readsOn) break;
    }
    rooms.push(...used);
    const named = etag(rooms.length);
    // An encrypted object's ETag tells nothing of its bytes.
    return { etag: named ?? `"${rooms.length}"`, encrypted: named === undefined };
  };
  return { rooms, put };
}

describe('the room that a part was sent from', () => {
  it('serves the next one, where the whole body was read', async () => {
    const { rooms, put } = sender(true);
    const script = new ScriptedUpload(2 * PART, { ports: { sender: { put } } });
    expect((await script.run()).kind).toBe('done');
    expect(rooms).toHaveLength(2);
    expect(rooms[1]).toBe(rooms[0]);
  });

  it('serves no other, where the answer came before the body was read to its end', async () => {
    const { rooms, put } = sender(false);
    const script = new ScriptedUpload(2 * PART, { ports: { sender: { put } } });
    expect((await script.run()).kind).toBe('done');
    expect(rooms).toHaveLength(2);
    expect(rooms[1]).not.toBe(rooms[0]);
  });

  it('serves no other, where the answer names other bytes', async () => {
    const { rooms, put } = sender(true, (answers) => (answers === 1 ? `"${'0'.repeat(32)}"` : undefined));
    const script = new ScriptedUpload(2 * PART, { ports: { sender: { put } } });
    expect((await script.run()).kind).toBe('done');
    expect(rooms).toHaveLength(3);
    expect(rooms[1]).not.toBe(rooms[0]);
  });
});
