/** What passes between the page's world and the preload's, as the detail of an event that is cloned on its way. */
interface BridgeMessage {
  readonly kind: 'hello' | 'expose' | 'call' | 'return' | 'settle' | 'window';
  readonly [field: string]: unknown;
}

export interface Bridge {
  expose(name: string, api: unknown): void;
}

export interface BridgeSettings {
  /** Known to both worlds and to no script of the page. */
  readonly secret: string;
  readonly side: 'page' | 'preload';
}

/**
 * One end of contextBridge. This function is written into both worlds as text, so it may use nothing from outside
 * itself; it runs before any script of the page, and keeps what it needs of the platform.
 * @param onWindow what the page asks of its window: to open another one, or to close
 */
export function installBridge(
  { secret, side }: BridgeSettings,
  onWindow?: (request: { readonly kind: string; readonly url: string }) => void,
): Bridge {
  type Callable = (...parameters: unknown[]) => unknown;
  const send = EventTarget.prototype.dispatchEvent.bind(document);
  const clone = structuredClone;
  const Detailed = CustomEvent;
  const [here, there] = side === 'page' ? ['page', 'preload'] : ['preload', 'page'];
  const functions = new Map<number, Callable>();
  const numbers = new WeakMap<Callable, number>();
  const promises = new Map<number, { resolve: Callable; reject: Callable }>();
  const exposed = new Map<string, unknown>();
  let lastNumber = 0;
  let returned: BridgeMessage | undefined;

  const post = (message: BridgeMessage) => send(new Detailed(`${secret}${there}`, { detail: message }));
  const messageOf = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));
  const isPlain = (value: object) => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  };
  const isLive = (value: unknown): boolean => {
    if (typeof value === 'function' || value instanceof Promise) return true;
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some(isLive);
    return isPlain(value) && Object.values(value).some(isLive);
  };

  /** What holds no function is cloned whole, which refuses a Proxy as Electron's own bridge does. */
  const encode = (value: unknown): unknown => {
    if (typeof value === 'function') return { live: 'function', number: numberOf(value as Callable) };
    if (value instanceof Promise) return { live: 'promise', number: follow(value) };
    if (value instanceof Error) return { live: 'error', message: value.message };
    if (!isLive(value)) return typeof value === 'object' ? { live: 'clone', value: clone(value) } : value;
    if (Array.isArray(value)) return { live: 'array', items: value.map(encode) };
    const entries = Object.entries(value as object).map(([key, item]) => [key, encode(item)]);
    return { live: 'object', fields: Object.fromEntries(entries) as unknown };
  };
  const decode = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const coded = value as { live: string; [field: string]: unknown };
    if (coded.live === 'function') return (...rest: unknown[]) => call(coded['number'] as number, rest);
    if (coded.live === 'promise') return promised(coded['number'] as number);
    if (coded.live === 'error') return new Error(coded['message'] as string);
    if (coded.live === 'clone') return coded['value'];
    if (coded.live === 'array') return (coded['items'] as unknown[]).map(decode);
    const entries = Object.entries(coded['fields'] as object).map(([key, item]) => [key, decode(item)]);
    return Object.fromEntries(entries) as unknown;
  };

  const numberOf = (callable: Callable): number => {
    const number = numbers.get(callable) ?? ++lastNumber;
    numbers.set(callable, number);
    functions.set(number, callable);
    return number;
  };
  const follow = (promise: Promise<unknown>): number => {
    const number = ++lastNumber;
    promise
      .then((value) => post({ kind: 'settle', number, value: encode(value) }))
      .catch((reason: unknown) => post({ kind: 'settle', number, failure: messageOf(reason) }));
    return number;
  };
  const promised = (number: number) =>
    new Promise((resolve, reject) => promises.set(number, { resolve, reject }));
  const call = (number: number, parameters: unknown[]): unknown => {
    returned = undefined;
    post({ kind: 'call', number, parameters: parameters.map(encode) });
    const answer = returned;
    if (typeof answer?.['failure'] === 'string') throw new Error(answer['failure']);
    return decode(answer?.['value']);
  };
  const answer = (number: number, parameters: unknown[]): BridgeMessage => {
    try {
      const value = functions.get(number)?.(...parameters.map(decode));
      return { kind: 'return', value: encode(value) };
    } catch (error) {
      return { kind: 'return', failure: messageOf(error) };
    }
  };
  const deepFreeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
    return value;
  };
  const receiveExposed = (name: string, api: unknown) => {
    if (!Object.hasOwn(window, name))
      Object.defineProperty(window, name, { value: deepFreeze(decode(api)), enumerable: true });
  };
  const settle = ({ number, failure, value }: BridgeMessage) => {
    const waiting = promises.get(number as number);
    promises.delete(number as number);
    if (typeof failure === 'string') waiting?.reject(new Error(failure));
    else waiting?.resolve(decode(value));
  };
  const take = (message: BridgeMessage) => {
    if (message.kind === 'hello') for (const [name, api] of exposed) post({ kind: 'expose', name, api });
    else if (message.kind === 'expose') receiveExposed(message['name'] as string, message['api']);
    else if (message.kind === 'call')
      post(answer(message['number'] as number, message['parameters'] as unknown[]));
    else if (message.kind === 'return') returned = message;
    else if (message.kind === 'settle') settle(message);
    else onWindow?.(message['request'] as { kind: string; url: string });
  };

  document.addEventListener(
    `${secret}${here}`,
    (event) => {
      event.stopImmediatePropagation();
      take((event as CustomEvent<BridgeMessage>).detail);
    },
    true,
  );
  const request = (kind: string, url: string) => post({ kind: 'window', request: { kind, url } });
  if (side === 'page') {
    post({ kind: 'hello' });
    window.close = () => void request('close', '');
    window.open = (url) => {
      request('open', new URL(url ?? 'about:blank', document.baseURI).href);
      return null;
    };
    const onLink = (event: MouseEvent) => {
      const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement && one.href !== '');
      if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
      const elsewhere = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
      if (!elsewhere && ['', '_self', '_top', '_parent'].includes(link.target)) return;
      event.preventDefault();
      request('open', link.href);
    };
    window.addEventListener('click', onLink);
    window.addEventListener('auxclick', onLink);
  }
  return {
    expose(name, api) {
      if (exposed.has(name))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.set(name, encode(api));
      post({ kind: 'expose', name, api: exposed.get(name) });
    },
  };
}
