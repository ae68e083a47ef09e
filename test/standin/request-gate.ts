import { fromChromium } from './app-address.ts';
import type { CdpSession, Protocol } from './cdp-connection.ts';
import type { Session } from './session.ts';

type Paused = Protocol.Fetch.requestPausedPayload;

/** What Electron asks before a frame goes elsewhere. https://www.electronjs.org/docs/latest/api/web-contents */
export type NavigationEvent = 'will-navigate' | 'will-frame-navigate' | 'will-redirect';

type Prevents = (event: NavigationEvent, url: string, isMainFrame: boolean) => boolean;

/** Every request of a page comes by here: navigations are asked about, app:// is answered, the rest goes on. */
export class RequestGate {
  readonly #page: CdpSession;
  readonly #mainFrameId: string;
  readonly #session: Session;
  readonly #prevents: Prevents;
  readonly #asked = new Set<string>();

  /** @param prevents asks the app's listeners whether a navigation that the page began is to be stopped */
  constructor(page: CdpSession, mainFrameId: string, session: Session, prevents: Prevents) {
    this.#page = page;
    this.#mainFrameId = mainFrameId;
    this.#session = session;
    this.#prevents = prevents;
  }

  /** The page itself has begun to go elsewhere; what main or a test tool loads is never told here. */
  navigationAsked(url: string): void {
    this.#asked.add(withoutFragment(url));
  }

  async take(paused: Paused): Promise<void> {
    const { requestId, request, resourceType } = paused;
    const url = fromChromium(request.url);
    try {
      if (this.#isPreventedNavigation(paused)) await this.#fail(requestId, 'Aborted');
      else if (await this.#session.standInCancels(url, request.method, electronType(resourceType)))
        await this.#fail(requestId, 'BlockedByClient');
      else await this.#answer(paused, url);
    } catch (error) {
      // A page that is gone needs no answer; a handler that has thrown is worth a word.
      if (!/Chromium is gone|Invalid InterceptionId|Session with given id/.test(String(error)))
        console.error(error);
      await this.#fail(requestId, 'Failed').catch(() => undefined);
    }
  }

  /**
   * The page's word that it goes elsewhere always comes before its request. A frame within it is led by nobody else, so
   * that its very first address is asked about as well.
   */
  #isPreventedNavigation({ request, resourceType, frameId, redirectedRequestId }: Paused): boolean {
    if (resourceType !== 'Document') return false;
    const isMainFrame = frameId === this.#mainFrameId;
    const url = fromChromium(request.url + (request.urlFragment ?? ''));
    if (redirectedRequestId !== undefined) return this.#prevents('will-redirect', url, isMainFrame);
    if (isMainFrame && !this.#asked.delete(withoutFragment(request.url))) return false;
    const isStopped = isMainFrame && this.#prevents('will-navigate', url, isMainFrame);
    return isStopped || this.#prevents('will-frame-navigate', url, isMainFrame);
  }

  async #answer({ requestId, request, resourceType }: Paused, url: string): Promise<void> {
    const isOurs = url !== request.url;
    if (!isOurs) {
      await this.#page.send('Fetch.continueRequest', { requestId });
      return;
    }
    const { method, headers, postData } = request;
    const body = postData === undefined ? {} : { body: postData };
    // Electron asks for no icon that the page does not name.
    const isIcon = resourceType === 'Other' && url.endsWith('/favicon.ico');
    const response = isIcon
      ? new Response(null, { status: 404 })
      : await this.#session.protocol.standInAnswer(new Request(url, { method, headers, ...body }));
    if (response === undefined) {
      await this.#fail(requestId, 'NameNotResolved');
      return;
    }
    await this.#page.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  async #fail(requestId: string, errorReason: Protocol.Network.ErrorReason): Promise<void> {
    await this.#page.send('Fetch.failRequest', { requestId, errorReason });
  }
}

function withoutFragment(url: string): string {
  return url.split('#')[0] ?? '';
}

/** https://www.electronjs.org/docs/latest/api/web-request names what a request is for in its own words. */
function electronType(type: Protocol.Network.ResourceType): string {
  const names: Partial<Record<Protocol.Network.ResourceType, string>> = {
    Document: 'mainFrame',
    Stylesheet: 'stylesheet',
    Script: 'script',
    Image: 'image',
    Font: 'font',
    XHR: 'xhr',
    Fetch: 'xhr',
    Ping: 'ping',
    Media: 'media',
    WebSocket: 'webSocket',
    CSPViolationReport: 'cspReport',
  };
  return names[type] ?? 'other';
}
