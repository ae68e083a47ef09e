import { BLOCK_BYTES, LANES, md5Module, MEMORY } from './md5-module.ts';

/** What a lane takes at once: all lanes' together still fit into a processor's nearer memory. */
export const LANE_BYTES = 64 * 1024;
/** The end of a message is one byte, as many zeros as it takes, and the length in eight bytes: two blocks at the most. */
const ROOM_BYTES = LANE_BYTES + 2 * BLOCK_BYTES;
const LENGTH_BYTES = 8;
const PAGE_BYTES = 64 * 1024;

/** RFC 1321, 3.3. */
const FIRST_STATE = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const;

/**
 * MD5 of eight messages at once, in the SIMD instructions that WebAssembly has: four times as many bytes a second as
 * one after another. A lane is begun, then fed and advanced in turns until its message has ended. Lanes need not begin
 * or end together; one that is not in use costs as much as one that is.
 */
export class Md5Lanes {
  readonly #memory = new WebAssembly.Memory({
    initial: Math.ceil((MEMORY.rooms + LANES * ROOM_BYTES) / PAGE_BYTES),
  });
  readonly #pointers = new Uint32Array(this.#memory.buffer, MEMORY.pointers, LANES);
  readonly #hash: (blocks: number) => void;
  /** Blocks that lie in each lane's room and are not hashed yet. */
  readonly #blocks = new Uint32Array(LANES);

  private constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#hash = exports['hash'] as (blocks: number) => void;
  }

  /** Null where the processor, or this Node.js, has no such instructions. */
  static create(): Md5Lanes | null {
    const bytes = md5Module();
    return WebAssembly.validate(bytes) ? new Md5Lanes(new WebAssembly.Module(bytes)) : null;
  }

  /** A new message. */
  begin(lane: number): void {
    FIRST_STATE.forEach((word, index) => {
      this.#state(lane)[4 * index] = word;
    });
    this.#blocks[lane] = 0;
  }

  /** Whether the lane has hashed all that it was fed, and may be fed again. */
  isHungry(lane: number): boolean {
    return this.#blocks[lane] === 0;
  }

  /** Where the next bytes of a hungry lane are to be put. */
  room(lane: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, roomOf(lane), LANE_BYTES);
  }

  /** The room is full. */
  feed(lane: number): void {
    this.#feed(lane, LANE_BYTES / BLOCK_BYTES);
  }

  /**
   * The message ends with so many bytes of the room: fewer than it holds, and none where it ended with a full one.
   * @param length bytes of the whole message
   */
  feedLast(lane: number, bytes: number, length: number): void {
    const blocks = Math.ceil((bytes + 1 + LENGTH_BYTES) / BLOCK_BYTES);
    const end = new DataView(this.#memory.buffer, roomOf(lane) + bytes, blocks * BLOCK_BYTES - bytes);
    for (let at = 0; at < end.byteLength; at++) end.setUint8(at, 0);
    end.setUint8(0, 0x80);
    end.setBigUint64(end.byteLength - LENGTH_BYTES, BigInt(length) * 8n, true);
    this.#feed(lane, blocks);
  }

  /** Hashes as much as every lane has that was fed. A message whose lane is hungry meanwhile is lost. */
  advance(): void {
    const blocks = this.#blocks.reduce((least, own) => (own > 0 ? Math.min(least, own) : least), Infinity);
    if (blocks === Infinity) return;
    this.#blocks.forEach((own, lane) => {
      // Lanes that are not in use run along; what they read must lie within the memory.
      if (own === 0) this.#pointers[lane] = roomOf(lane);
    });
    this.#hash(blocks);
    this.#blocks.forEach((own, lane) => {
      if (own === 0) return;
      this.#blocks[lane] = own - blocks;
      this.#pointers[lane] = (this.#pointers[lane] ?? 0) + blocks * BLOCK_BYTES;
    });
  }

  /** The MD5, in base64, of a message that has ended and is hashed. */
  digest(lane: number): string {
    const digest = Buffer.alloc(4 * FIRST_STATE.length);
    FIRST_STATE.forEach((_, index) => digest.writeUInt32LE(this.#state(lane)[4 * index] ?? 0, 4 * index));
    return digest.toString('base64');
  }

  #feed(lane: number, blocks: number): void {
    this.#blocks[lane] = blocks;
    this.#pointers[lane] = roomOf(lane);
  }

  /** A lane's words are four apart, those of its neighbours between them. */
  #state(lane: number): Uint32Array {
    const address = MEMORY.states + Math.floor(lane / 4) * MEMORY.stateBytes + 4 * (lane % 4);
    return new Uint32Array(this.#memory.buffer, address, 4 * (FIRST_STATE.length - 1) + 1);
  }
}

function roomOf(lane: number): number {
  return MEMORY.rooms + lane * ROOM_BYTES;
}
