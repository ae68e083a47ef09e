/** How many streams one call hashes in lockstep: two sets, so that one's arithmetic fills the other's waiting. */
export const LANES = 8;
export const BLOCK_BYTES = 64;

/** Where the module looks in its memory, in bytes. The words of a state are four lanes' side by side. */
export const MEMORY = {
  /** Eight addresses, one a lane: where its next block begins. */
  pointers: 0,
  /** A, B, C and D of the first four lanes, then of the others; RFC 1321, 3.3. */
  states: 64,
  stateBytes: 64,
  /** Free for the lanes' bytes. */
  rooms: 256,
} as const;

const SETS = LANES / 4;

/** https://www.w3.org/TR/wasm-core-2/#binary-instructions */
const OP = {
  ...{ loop: 0x03, end: 0x0b, branchIf: 0x0d, get: 0x20, set: 0x21, tee: 0x22 },
  ...{ load32: 0x28, const32: 0x41, add32: 0x6a, sub32: 0x6b, vector: 0xfd },
} as const;
/** After OP.vector. https://www.w3.org/TR/wasm-core-2/#vector-instructions */
const VECTOR = {
  ...{ load: 0x00, store: 0x0b, const: 0x0c, shuffle: 0x0d, not: 0x4d, or: 0x50, xor: 0x51 },
  ...{ bitselect: 0x52, shiftLeft: 0xab, shiftRight: 0xad, add: 0xae },
} as const;
const TYPE = { i32: 0x7f, v128: 0x7b, func: 0x60, nothing: 0x40 } as const;
/** Exponents of two. */
const ALIGNED = { any: 0, to4: 2, to16: 4 } as const;

/** RFC 1321, 3.4: how far each step of a round turns, and which word of the block it takes. */
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
const WORD_OF_STEP = [
  (step: number) => step,
  (step: number) => 5 * step + 1,
  (step: number) => 3 * step + 5,
  (step: number) => 7 * step,
] as const;

/** Numbers of the function's variables: the block count it is called with, the pointers, then the vectors of each set. */
const BLOCKS = 0;
const pointer = (lane: number) => 1 + lane;
const vectors = (set: number) => {
  const first = 1 + LANES + set * VECTORS_PER_SET;
  return {
    state: [first, first + 1, first + 2, first + 3] as const,
    saved: (word: number) => first + 4 + word,
    word: (index: number) => first + 8 + (index % 16),
    spare: first + 24,
  };
};
const VECTORS_PER_SET = 25;

/**
 * A WebAssembly module that hashes with MD5 in eight lanes at once, each instruction working on four of them. It
 * imports a memory as `env.memory`, laid out as MEMORY says, and exports `hash(blocks)`, which feeds so many blocks of
 * 64 bytes, one at the least, to every lane, from where its pointer points. It does not pad.
 * https://www.rfc-editor.org/rfc/rfc1321, https://www.w3.org/TR/wasm-core-2/#binary-modules
 */
export function md5Module(): Uint8Array<ArrayBuffer> {
  const name = (text: string) => sized([...Buffer.from(text)]);
  const variables = [2, LANES, TYPE.i32, ...unsigned(SETS * VECTORS_PER_SET), TYPE.v128];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, TYPE.func, 1, TYPE.i32, 0]),
    ...section(2, [1, ...name('env'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('hash'), 0, 0]),
    ...section(10, [1, ...sized([...variables, ...hashFunction()])]),
  ]);
}

function hashFunction(): number[] {
  const sets = Array.from({ length: SETS }, (_, set) => set);
  return [
    ...Array.from({ length: LANES }, (_, lane) => [
      ...[OP.const32, 0, OP.load32, ALIGNED.to4, ...unsigned(MEMORY.pointers + 4 * lane)],
      ...set(pointer(lane)),
    ]).flat(),
    ...sets.flatMap((one) => eachState(one, (word, at) => [...fromMemory(at), ...set(word)])),
    ...[OP.loop, TYPE.nothing],
    ...sets.flatMap((one) => [...save(one), ...loadBlocks(one)]),
    ...Array.from({ length: 64 }, (_, step) => sets.flatMap((one) => hashStep(one, step))).flat(),
    ...sets.flatMap(addSaved),
    ...Array.from({ length: LANES }, (_, lane) => [
      ...[...get(pointer(lane)), OP.const32, ...signed(BLOCK_BYTES), OP.add32, ...set(pointer(lane))],
    ]).flat(),
    ...[...get(BLOCKS), OP.const32, 1, OP.sub32, ...tee(BLOCKS), OP.branchIf, 0],
    OP.end,
    ...sets.flatMap((one) => eachState(one, (word, at) => toMemory(at, get(word)))),
    OP.end,
  ];
}

function eachState(set: number, code: (word: number, address: number) => number[]): number[] {
  const first = MEMORY.states + set * MEMORY.stateBytes;
  return vectors(set).state.flatMap((word, index) => code(word, first + 16 * index));
}

function save(one: number): number[] {
  const { state, saved } = vectors(one);
  return state.flatMap((word, index) => [...get(word), ...set(saved(index))]);
}

function addSaved(one: number): number[] {
  const { state, saved } = vectors(one);
  return state.flatMap((word, index) => [
    ...get(word),
    ...get(saved(index)),
    ...vector(VECTOR.add),
    ...set(word),
  ]);
}

/** Reads a block of each of four lanes, and turns rows of one lane's words into vectors of one word of each lane. */
function loadBlocks(one: number): number[] {
  const { word } = vectors(one);
  return [0, 4, 8, 12].flatMap((first) => {
    const row = (lane: number) => word(first + lane);
    const rows = [0, 1, 2, 3].flatMap((lane) => [
      ...[...get(pointer(4 * one + lane)), ...vector(VECTOR.load), ALIGNED.any, ...unsigned(4 * first)],
      ...set(row(lane)),
    ]);
    return [
      ...rows,
      ...crossed(row(0), row(1), [0, 4, 1, 5], [2, 6, 3, 7]),
      ...crossed(row(2), row(3), [0, 4, 1, 5], [2, 6, 3, 7]),
      ...crossed(row(0), row(2), [0, 1, 4, 5], [2, 3, 6, 7]),
      ...crossed(row(1), row(3), [0, 1, 4, 5], [2, 3, 6, 7]),
      // Words 1 and 2 have changed places.
      ...[...get(row(1)), ...get(row(2)), ...set(row(1)), ...set(row(2))],
    ];
  });
}

/** Both vectors become a choice of their eight words. */
function crossed(a: number, b: number, first: readonly number[], second: readonly number[]): number[] {
  const chosen = (words: readonly number[]) => [
    ...[...get(a), ...get(b), ...vector(VECTOR.shuffle)],
    ...words.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]),
  ];
  return [...chosen(first), ...chosen(second), ...set(b), ...set(a)];
}

/** a = b + ((a + f(b, c, d) + X[k] + T[i]) <<< s); then the four change their roles. */
function hashStep(one: number, step: number): number[] {
  const { state, word, spare } = vectors(one);
  const role = (index: number) => state[(index + 3 * step) % 4] ?? 0;
  const [a, b, c, d] = [role(0), role(1), role(2), role(3)];
  const round = step >> 4;
  const turn = TURNS[round]?.[step % 4] ?? 0;
  const constant = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
  return [
    ...[...get(a), ...get(word(WORD_OF_STEP[round]?.(step) ?? 0)), ...vector(VECTOR.add)],
    ...[...everywhere(constant), ...vector(VECTOR.add)],
    ...[...(MIX[round]?.(b, c, d) ?? []), ...vector(VECTOR.add), ...tee(spare)],
    ...[OP.const32, ...signed(turn), ...vector(VECTOR.shiftLeft)],
    ...[...get(spare), OP.const32, ...signed(32 - turn), ...vector(VECTOR.shiftRight), ...vector(VECTOR.or)],
    ...[...get(b), ...vector(VECTOR.add), ...set(a)],
  ];
}

/** RFC 1321, 3.4: F, G, H and I. */
const MIX = [
  (x: number, y: number, z: number) => [...get(y), ...get(z), ...get(x), ...vector(VECTOR.bitselect)],
  (x: number, y: number, z: number) => [...get(x), ...get(y), ...get(z), ...vector(VECTOR.bitselect)],
  (x: number, y: number, z: number) => [
    ...[...get(x), ...get(y), ...vector(VECTOR.xor)],
    ...[...get(z), ...vector(VECTOR.xor)],
  ],
  (x: number, y: number, z: number) => [
    ...[...get(z), ...vector(VECTOR.not), ...get(x), ...vector(VECTOR.or)],
    ...[...get(y), ...vector(VECTOR.xor)],
  ],
] as const;

/** The same number in each of four lanes. */
function everywhere(number: number): number[] {
  const bytes = [0, 8, 16, 24].map((shift) => (number >>> shift) & 0xff);
  return [...vector(VECTOR.const), ...bytes, ...bytes, ...bytes, ...bytes];
}

function fromMemory(address: number): number[] {
  return [OP.const32, 0, ...vector(VECTOR.load), ALIGNED.to16, ...unsigned(address)];
}

function toMemory(address: number, value: readonly number[]): number[] {
  return [OP.const32, 0, ...value, ...vector(VECTOR.store), ALIGNED.to16, ...unsigned(address)];
}

const get = (variable: number) => [OP.get, ...unsigned(variable)];
const set = (variable: number) => [OP.set, ...unsigned(variable)];
const tee = (variable: number) => [OP.tee, ...unsigned(variable)];
const vector = (code: number) => [OP.vector, ...unsigned(code)];
const sized = (bytes: readonly number[]) => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];

/** LEB128. https://www.w3.org/TR/wasm-core-2/#integers */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
