import { z } from 'zod';

/** A schema of the contract as JSON Schema tells it, as far as this walks. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: SchemaNode;
  /** A tuple's; `items` then says that nothing comes after them. */
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** An input that is sound but for one thing. */
export interface Spoilt {
  readonly what: string;
  readonly value: unknown;
}

/** Texts that the patterns of the contract take: the ids of a share, of a file and of a rule. */
const TEXTS = ['a1b2c3d4e5', 'b2f6f2a8-0d7e-4a1b-9a53-6f0f3c1d2e4f', 'sandglass-0123456789abcdef'];

/** @throws Error where the schema holds what JSON Schema cannot tell, which nobody could check from outside */
export function schemaOf(schema: z.ZodType): SchemaNode {
  return z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as SchemaNode;
}

/** A sound input with everything in it that may be given. */
export function sound(node: SchemaNode): unknown {
  const [first] = branchesOf(node);
  if (first) return sound(first);
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  if (node.properties) return mapped(node.properties, sound);
  if (node.prefixItems) return node.prefixItems.map(sound);
  const { items } = node;
  if (items) return Array.from({ length: Math.max(1, node.minItems ?? 0) }, () => sound(items));
  if (isNumber(node)) return node.minimum ?? 0;
  if (hasType(node, 'boolean')) return true;
  if (node.pattern !== undefined) return matching(new RegExp(node.pattern));
  return hasType(node, 'string') ? 'x'.repeat(Math.max(1, node.minLength ?? 0)) : null;
}

/** @throws Error where none of the texts that are known here matches */
function matching(pattern: RegExp): string {
  const found = TEXTS.find((text) => pattern.test(text));
  if (found === undefined) throw new Error(`A text that matches ${String(pattern)} is to be added to TEXTS.`);
  return found;
}

/** Where the schema sets no bound: what comes from the page could be as large as it likes, or of any kind. */
export function unbounded(node: SchemaNode, path = ''): string[] {
  const branches = branchesOf(node);
  if (branches.length > 0) return branches.flatMap((branch) => unbounded(branch, path));
  if (node.const !== undefined || node.enum || hasType(node, 'null') || hasType(node, 'boolean')) return [];
  if (node.properties) {
    const open = node.additionalProperties === false ? [] : [`${path}: other keys`];
    const within = Object.entries(node.properties).flatMap(([key, child]) =>
      unbounded(child, `${path}.${key}`),
    );
    return [...open, ...within];
  }
  if (node.prefixItems) return node.prefixItems.flatMap((child, at) => unbounded(child, `${path}[${at}]`));
  if (node.items) {
    return [
      ...(node.maxItems === undefined ? [`${path}: items`] : []),
      ...unbounded(node.items, `${path}[]`),
    ];
  }
  if (isNumber(node))
    return node.minimum === undefined || node.maximum === undefined ? [`${path}: number`] : [];
  if (!hasType(node, 'string')) return [`${path}: anything`];
  const isFixed = node.pattern?.startsWith('^') === true && /^[^*+]*\$$/.test(node.pattern);
  return node.maxLength === undefined && !isFixed ? [`${path}: length`] : [];
}

/** Every way in which exactly one thing of a sound input is spoilt. */
export function spoilt(node: SchemaNode, path = ''): Spoilt[] {
  const branches = branchesOf(node).filter((branch) => !hasType(branch, 'null'));
  if (branches.length > 0) return branches.flatMap((branch) => spoilt(branch, path));
  const at = (what: string, value: unknown): Spoilt => ({ what: `${path || 'the input'} is ${what}`, value });
  if (node.properties) return spoiltObject(node, path);
  if (node.prefixItems) return spoiltTuple(node.prefixItems, path);
  if (node.items) return spoiltList(node, node.items, path);
  if (isNumber(node)) {
    const values = [
      NaN,
      Infinity,
      -Infinity,
      (node.minimum ?? 0) - 1,
      (node.maximum ?? 0) + 1,
      0.5,
      '1',
      [1],
    ];
    return values.map((value) => at(`the number ${String(value)}`, value));
  }
  if (hasType(node, 'boolean')) return [at('a number for yes', 1), at('a text for yes', 'true')];
  const others = [at('a number', 7), at('a list', ['x']), at('an object', { length: 1 })];
  if (node.maxLength !== undefined) others.push(at('too long', 'x'.repeat(node.maxLength + 1)));
  if (node.const !== undefined || node.enum)
    others.push(at('another word', 'constructor'), at('__proto__', '__proto__'));
  if (node.pattern !== undefined) others.push(at('a path', '/etc/passwd'), at('long', 'a'.repeat(100_000)));
  if ((node.minLength ?? 0) > 0) others.push(at('empty', ''));
  return others;
}

function spoiltObject(node: SchemaNode, path: string): Spoilt[] {
  const whole = sound(node) as Record<string, unknown>;
  const at = (what: string, value: unknown): Spoilt => ({ what: `${path || 'the input'} ${what}`, value });
  const without = (key: string) =>
    Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key));
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
      spoilt(child, `${path}.${key}`).map(({ what, value }) => ({ what, value: { ...whole, [key]: value } })),
    ),
    ...Object.entries(node.properties ?? {})
      .filter(([, child]) => !isNullable(child))
      .map(([key]) => at(`has null as ${key}`, { ...whole, [key]: null })),
    ...(node.required ?? []).map((key) => at(`lacks ${key}`, without(key))),
    at('has an unknown key', { ...whole, unknown: 1 }),
    at('has an unknown key of no value', { ...whole, unknown: undefined }),
    at('has a key of every object', { ...whole, constructor: 'x' }),
    // As JSON and the structured clone bring it: a property of its own, which spreading would not make.
    at(
      'has a prototype',
      Object.defineProperty({ ...whole }, '__proto__', { value: { polluted: true }, enumerable: true }),
    ),
    ...['x', 7, true, [], [whole]].map((value) => at(`is ${JSON.stringify(value)}`, value)),
    ...(path === '' ? [at('is nothing', undefined), at('is null', null)] : []),
  ];
}

function spoiltList(node: SchemaNode, items: SchemaNode, path: string): Spoilt[] {
  const whole = sound(node) as readonly unknown[];
  const at = (what: string, value: unknown): Spoilt => ({ what: `${path} ${what}`, value });
  return [
    ...spoilt(items, `${path}[]`).map(({ what, value }) => ({ what, value: [...whole.slice(1), value] })),
    ...((node.minItems ?? 0) > 0 ? [at('is empty', [])] : []),
    at(
      'has too many items',
      Array.from({ length: (node.maxItems ?? 0) + 1 }, () => whole[0]),
    ),
    at('is an object like a list', Object.assign({ length: whole.length }, whole)),
  ];
}

function spoiltTuple(nodes: readonly SchemaNode[], path: string): Spoilt[] {
  const whole = nodes.map(sound);
  const within = nodes.flatMap((node, at) =>
    spoilt(node, `${path}[${at}]`).map(({ what, value }) => ({ what, value: whole.with(at, value) })),
  );
  const tooFew = { what: `${path} lacks its last`, value: whole.slice(0, -1) };
  return [...within, tooFew, { what: `${path} has one more`, value: [...whole, 'x'] }];
}

function branchesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf ?? node.oneOf ?? [];
}

function hasType({ type }: SchemaNode, wanted: string): boolean {
  return type === wanted || (Array.isArray(type) && type.includes(wanted));
}

function isNullable(node: SchemaNode): boolean {
  return hasType(node, 'null') || branchesOf(node).some(isNullable);
}

function isNumber(node: SchemaNode): boolean {
  return hasType(node, 'number') || hasType(node, 'integer');
}

function mapped(nodes: Readonly<Record<string, SchemaNode>>, of: (node: SchemaNode) => unknown): object {
  return Object.fromEntries(Object.entries(nodes).map(([key, node]) => [key, of(node)]));
}
