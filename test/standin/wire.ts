/** How a value is written so that JSON carries what structured cloning would. */
export interface Wire {
  /** @throws Error in Electron's words where the value cannot be cloned */
  readonly encode: (value: unknown) => unknown;
  readonly decode: (coded: unknown) => unknown;
}

/** Used here and, written out as text, in the preload's world: it may use nothing from outside itself. */
export function createWire(): Wire {
  type Coded = readonly [tag: string, value?: unknown];
  const refuse = () => new Error('An object could not be cloned.');

  const encodeObject = (value: object, above: readonly object[]): unknown => {
    if (above.includes(value)) throw refuse();
    const inside = (item: unknown) => encode(item, [...above, value]);
    if (Array.isArray(value)) return ['array', value.map(inside)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].map((pair) => pair.map(inside))];
    if (value instanceof Set) return ['set', [...value].map(inside)];
    if (value instanceof Error) return ['error', [value.name, value.message]];
    if (value instanceof Uint8Array) return ['bytes', [...value]];
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) throw refuse();
    return ['object', Object.entries(value).map(([key, item]) => [key, inside(item)])];
  };
  const encode = (value: unknown, above: readonly object[] = []): unknown => {
    if (typeof value === 'function' || typeof value === 'symbol') throw refuse();
    if (typeof value === 'object' && value !== null) return encodeObject(value, above);
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value === 'number' && !Number.isFinite(value)) return ['number', String(value)];
    return value;
  };

  const decoders: Readonly<Record<string, (value: never) => unknown>> = {
    undefined: () => undefined,
    bigint: (value: string) => BigInt(value),
    number: (value: string) => Number(value),
    array: (items: unknown[]) => items.map(decode),
    date: (milliseconds: number) => new Date(milliseconds),
    map: (pairs: unknown[][]) => new Map(pairs.map((pair) => pair.map(decode) as [unknown, unknown])),
    set: (items: unknown[]) => new Set(items.map(decode)),
    error: ([name, message]: [string, string]) => Object.assign(new Error(message), { name }),
    bytes: (bytes: number[]) => new Uint8Array(bytes),
    object: (fields: [string, unknown][]) =>
      Object.fromEntries(fields.map(([key, item]) => [key, decode(item)])),
  };
  function decode(coded: unknown): unknown {
    if (!Array.isArray(coded)) return coded;
    const [tag, value] = coded as unknown as Coded;
    return decoders[tag]?.(value as never);
  }
  return { encode: (value) => encode(value), decode };
}
