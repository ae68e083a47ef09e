import { EventEmitter } from 'node:events';

/** Asked for by await, by JSON.stringify and by debuggers, of any object at all. */
const ASKED_OF_EVERYTHING = new Set(['then', 'toJSON', 'inspect', 'domain', 'asymmetricMatch', 'nodeType']);

function absent(name: string, key: string): Error {
  return new Error(`The stand-in has no ${name}.${key}: it holds only what the app uses of Electron.`);
}

/** A prototype below which nothing is looked up in vain: what is not there throws, and says so. */
function strictPrototype(base: object, nameOf: (receiver: object) => string): object {
  return new Proxy(base, {
    get(target, key, receiver: object): unknown {
      if (typeof key === 'symbol' || key in target || ASKED_OF_EVERYTHING.has(key))
        return Reflect.get(target, key, receiver);
      throw absent(nameOf(receiver), key);
    },
  });
}

/** An event emitter that throws where something of Electron is asked of it which the stand-in has not. */
export class StrictEmitter extends EventEmitter {}
Object.setPrototypeOf(
  StrictEmitter.prototype,
  strictPrototype(EventEmitter.prototype, (receiver) => receiver.constructor.name),
);

/** A plain object that throws in the same way. */
export function strict<Api extends object>(name: string, api: Api): Api {
  return Object.setPrototypeOf(
    api,
    strictPrototype(Object.prototype, () => name),
  ) as Api;
}

/** What Electron hands to a listener that may say no. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** @returns true where a listener has prevented it */
export function emitPreventable(emitter: EventEmitter, name: string, ...rest: unknown[]): boolean {
  return emitWith(emitter, name, {}, ...rest);
}

/** @param details properties that the event itself carries @returns true where a listener has prevented it */
export function emitWith(emitter: EventEmitter, name: string, details: object, ...rest: unknown[]): boolean {
  let prevented = false;
  const event = {
    ...details,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
  emitter.emit(name, event, ...rest);
  return prevented;
}
