import fc, { type Arbitrary } from 'fast-check';
import type { SchemaNode } from './contract-walk.ts';

/** What a property of this name may well hold, so that inputs get past the first question and into the rooms. */
export type Hints = Readonly<Record<string, readonly unknown[]>>;

const deep = (levels: number) => {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level += 1) value = level % 2 ? { value } : [value];
  return value;
};

/** A property of its own, as JSON and the structured clone bring it. */
const withOwn = (key: string, value: unknown) =>
  Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });

const PATHS = [
  '../../etc/passwd',
  '/etc/passwd',
  String.raw`C:\Windows\win.ini`,
  String.raw`\\host\share`,
  '~',
  '/',
];
const TEXTS = [
  '',
  ' ',
  '\0',
  '\n',
  '\r\nX: y',
  '\u202e',
  '\u2028',
  '\ud800',
  '\u{1f512}',
  '%00',
  '%2e%2e/',
  '${x}',
];
const CODE = [
  '<script>alert(1)</script>',
  "'; DROP TABLE shares; --",
  '$(id)',
  '`id`',
  '{{name}}',
  '{random}',
];
const ADDRESSES = [
  'http://',
  'https://ada:secret@h.example',
  'file:///etc/passwd',
  'javascript:1',
  'http://[::1',
  's3://b/k',
];
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'then', 'length'];
const NUMBERS = [
  NaN,
  Infinity,
  -Infinity,
  -0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  8.64e15 + 1,
];
const OTHERS = [
  null,
  undefined,
  true,
  [],
  {},
  10n ** 40n,
  new Date(NaN),
  new Map([[1, 2]]),
  new Set([1]),
  /x/,
  new Error('x'),
];
const HUGE = [
  'x'.repeat(1_000),
  'é'.repeat(40_000),
  '/x'.repeat(20_000),
  Array.from({ length: 2_000 }, () => 'x'),
  deep(500),
];
const PROTOTYPES = [
  withOwn('__proto__', { polluted: true }),
  { constructor: { prototype: { polluted: true } } },
];

/** What no sound input holds, or what is sound and yet means trouble further in. */
const hostile: Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...PATHS, ...TEXTS, ...CODE, ...ADDRESSES, ...NAMES) },
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...NUMBERS, ...OTHERS, ...PROTOTYPES) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...HUGE) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 2, arbitrary: fc.anything({ maxDepth: 2, maxKeys: 3, withBigInt: true, withDate: true }) },
);

/** Anything that can be sent at all. */
const anything: Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.anything({
    ...{ maxDepth: 3, maxKeys: 4, withBigInt: true, withDate: true, withMap: true, withSet: true },
    ...{
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
      key: fc.oneof(fc.string(), fc.constantFrom(...NAMES)),
    },
  }),
);

/** Inputs that a schema takes, but for what only a refinement could tell. */
function sound(node: SchemaNode, hints: Hints, name = ''): Arbitrary<unknown> {
  const branches = node.anyOf ?? node.oneOf;
  if (branches) return fc.oneof(...branches.map((branch) => sound(branch, hints, name)));
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'object':
      return soundObject(node, hints);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 8 } = node;
      return fc.array(sound(items, hints, name), {
        minLength: minItems,
        maxLength: Math.min(maxItems, minItems + 3),
      });
    }
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({
        min: node.minimum ?? 0,
        max: Math.min(node.maximum ?? 2 ** 48, Number.MAX_SAFE_INTEGER),
      });
    case 'string':
      return soundText(node, hints[name] ?? []);
    default:
      return fc.constant(null);
  }
}

function soundObject({ properties = {}, required = [] }: SchemaNode, hints: Hints): Arbitrary<unknown> {
  const parts = Object.entries(properties).map(([key, child]) => [key, sound(child, hints, key)] as const);
  return fc.record(Object.fromEntries(parts), { requiredKeys: [...required] });
}

function soundText(
  { pattern, minLength = 0, maxLength = 40 }: SchemaNode,
  hinted: readonly unknown[],
): Arbitrary<unknown> {
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) };
  const free =
    pattern === undefined
      ? fc.oneof(
          fc.string({ ...length, unit: 'binary' }),
          fc.string(length),
          fc.constantFrom(...PATHS, ...CODE, ...ADDRESSES),
        )
      : fc.stringMatching(new RegExp(pattern));
  return hinted.length === 0
    ? free
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...hinted) }, { weight: 1, arbitrary: free });
}

/** One thing in an input is put out of order: replaced, taken away, added, doubled or wrapped. */
function spoilt(value: unknown, place: number, how: number, put: unknown): unknown {
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const root: Record<string, unknown> = { value: structuredClone(value) };
  const look = (holder: object) => {
    for (const [key, child] of Object.entries(holder)) {
      places.push({ holder: holder as Record<string, unknown>, key });
      if (typeof child === 'object' && child !== null) look(child as object);
    }
  };
  look(root);
  const { holder, key } = places[place % places.length] ?? {
    holder: root,
    key: 'value',
  };
  const old = holder[key];
  if (how === 0) Reflect.deleteProperty(holder, key);
  else if (how === 1 && !Array.isArray(holder))
    Object.defineProperty(holder, NAMES[place % NAMES.length] ?? 'x', { value: put, enumerable: true });
  else if (how === 2) holder[key] = [old];
  else if (how === 3 && typeof old === 'string') holder[key] = old + (typeof put === 'string' ? put : '\0');
  else if (how === 4 && typeof old === 'number') holder[key] = NUMBERS[place % NUMBERS.length];
  else holder[key] = put;
  return root['value'];
}

/**
 * What may come through a channel: anything at all, inputs that are sound but for one thing, and sound ones.
 * @param soundShare of a hundred
 */
export function inputsOf(node: SchemaNode, hints: Hints, soundShare: number): Arbitrary<unknown> {
  const right = sound(node, hints);
  return fc.oneof(
    { weight: 30, arbitrary: anything },
    {
      weight: 70 - soundShare,
      arbitrary: fc.tuple(right, fc.nat(50), fc.nat(7), hostile).map(([...how]) => spoilt(...how)),
    },
    { weight: soundShare, arbitrary: right },
  );
}
