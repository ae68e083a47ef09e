import { describe, expect, it } from 'vitest';
import { Rooms } from '../../../src/main/upload/rooms.ts';

describe('rooms', () => {
  it('are of the size that was asked for, and never two of them the same', () => {
    const rooms = new Rooms(10, 2);
    const [first, second] = [rooms.take(), rooms.take()];
    expect([first.length, second.length]).toEqual([10, 10]);
    expect(first.buffer).not.toBe(second.buffer);
  });

  it('are used again once they were given back', () => {
    const rooms = new Rooms(10, 2);
    const room = rooms.take();
    rooms.giveBack(room);
    expect(rooms.take()).toBe(room);
    expect(rooms.take()).not.toBe(room);
  });

  it('are kept in the number that was allowed, and no more', () => {
    const rooms = new Rooms(10, 1);
    const [kept, dropped] = [rooms.take(), rooms.take()];
    rooms.giveBack(kept);
    rooms.giveBack(dropped);
    expect(rooms.take()).toBe(kept);
    expect(rooms.take()).not.toBe(dropped);
  });

  it('are lent in the number that is kept, and again once one has come back', () => {
    const rooms = new Rooms(10, 2);
    const [first, second] = [rooms.takeKept(), rooms.takeKept()];
    expect([first?.length, second?.length]).toEqual([10, 10]);
    expect(rooms.takeKept()).toBeNull();
    rooms.giveBack(first!);
    expect(rooms.takeKept()).toBe(first);
    expect(rooms.takeKept()).toBeNull();
  });
});
