import { app } from './app.ts';
import { strict, StrictEmitter } from './strict-emitter.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type PermissionHandler = (
  contents: object | null,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
interface BeforeRequestAnswer {
  readonly cancel?: boolean;
}
type BeforeRequest = (
  details: { readonly url: string; readonly method: string; readonly resourceType: string },
  answer: (decision: BeforeRequestAnswer) => void,
) => void;

const privileged = new Set<string>();

/** The schemes that one session answers by itself. */
class Protocol {
  readonly #handlers = new Map<string, SchemeHandler>();

  registerSchemesAsPrivileged(
    schemes: readonly {
      readonly scheme: string;
      readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean };
    }[],
  ): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true)
        throw new Error(`The stand-in knows only schemes that are standard and secure, as ${scheme} is not.`);
      privileged.add(scheme);
    }
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!privileged.has(scheme))
      throw new Error(`The stand-in needs ${scheme} to be registered as privileged first.`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** No part of Electron. @returns undefined where Chromium itself should fetch it */
  standInAnswer(request: Request): Response | Promise<Response> | undefined {
    return this.#handlers.get(new URL(request.url).protocol.slice(0, -1))?.(request);
  }
}

/** What a session allows its windows, and what it answers them. */
export class Session extends StrictEmitter {
  readonly protocol = new Protocol();
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (...given: readonly (object | BeforeRequest | null)[]) => {
      const listener = given.at(-1);
      this.#beforeRequest = typeof listener === 'function' ? (listener as BeforeRequest) : undefined;
    },
  });
  #permissionHandler: PermissionHandler | undefined;
  #beforeRequest: BeforeRequest | undefined;

  setPermissionRequestHandler(handler: PermissionHandler | null): void {
    this.#permissionHandler = handler ?? undefined;
  }

  /** Chromium is given every answer when a page is loaded, so there is nothing left to check. */
  setPermissionCheckHandler(): void {
    return;
  }

  /** No page of a stand-in's session speaks TLS: app:// is answered before a connection is made. */
  setCertificateVerifyProc(): void {
    return;
  }

  /** Chromium offers no device to a page here. */
  setDevicePermissionHandler(): void {
    return;
  }

  clearCache(): Promise<void> {
    return Promise.resolve();
  }

  /** No part of Electron. Without a handler Electron grants everything, and so does this. */
  standInGrants(contents: object, permission: string, requestingUrl: string): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#permissionHandler === undefined) resolve(true);
      else this.#permissionHandler(contents, permission, resolve, { requestingUrl, isMainFrame: true });
    });
  }

  /** No part of Electron. */
  standInCancels(url: string, method: string, resourceType: string): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#beforeRequest === undefined) resolve(false);
      else
        this.#beforeRequest({ url, method, resourceType }, ({ cancel }) => {
          resolve(cancel === true);
        });
    });
  }
}

const partitions = new Map<string, Session>();
const defaultSession = new Session();

export const session = strict('session', {
  defaultSession,
  fromPartition(name: string): Session {
    if (name === '') return defaultSession;
    const found = partitions.get(name) ?? new Session();
    partitions.set(name, found);
    return found;
  },
});

export const protocol = defaultSession.protocol;
