import { randomUUID } from 'node:crypto';
import { toChromium } from './app-address.ts';
import type { CdpSession, Protocol } from './cdp-connection.ts';
import { isHeaded, type Chromium } from './chromium.ts';
import { ASKING, BINDING, pageScript, PRELOAD_WORLD, preloadScript, RECEIVER } from './injected-scripts.ts';
import { nativeTheme } from './native-theme.ts';
import type { ToMain, ToPreload } from './preload-world.ts';

/** Pixels of the page itself, without a frame around it. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a window is opened with is no page of the app, and nobody is to hear of it. */
const PLACEHOLDER = /^($|about:blank|data:)/;

/** Who hears what happens in the page. */
export interface PageListener {
  onMessage(message: ToMain): void;
  onNavigated(address: string): void;
  onLoaded(): void;
  onCrashed(): void;
  onDestroyed(): void;
  onRequest(request: Protocol.Fetch.requestPausedPayload): void;
  onNavigationAsked(url: string): void;
}

/** One page of Chromium, with the two worlds of a window in it: the page's own and the preload's. */
export class RendererPage {
  readonly targetId: string;
  readonly #chromium: Chromium;
  readonly #session: CdpSession;
  readonly #listener: PageListener;
  #preloadContext: string | undefined;
  #address = '';
  #onLoad: () => void = () => undefined;

  /** @param preload path of the built preload, CommonJS */
  static async open(
    chromium: Chromium,
    size: Size,
    preload: string | undefined,
    listener: PageListener,
  ): Promise<RendererPage> {
    const targetId = await (isHeaded ? openVisible(chromium, size) : openHeadless(chromium, size));
    const { browser } = chromium.connection;
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new RendererPage(chromium, targetId, chromium.connection.session(sessionId), listener);
    page.#listen(sessionId);
    await page.#prepare(preload);
    await page.resize(size);
    return page;
  }

  private constructor(chromium: Chromium, targetId: string, session: CdpSession, listener: PageListener) {
    this.#chromium = chromium;
    this.targetId = targetId;
    this.#session = session;
    this.#listener = listener;
  }

  get session(): CdpSession {
    return this.#session;
  }

  /** Resolves when the page has been loaded. @throws Error in Electron's words where it cannot be */
  async load(address: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => (this.#onLoad = resolve));
    const { errorText } = await this.#session.send('Page.navigate', { url: toChromium(address) });
    if (errorText !== undefined) throw new Error(`${errorText.replace('net::', '')} loading '${address}'`);
    await loaded;
  }

  async reload(): Promise<void> {
    await this.#session.send('Page.reload');
  }

  /** @returns what the expression, or its promise, comes to in the page's own world */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Where the page has no preload's world yet, or not any more, nobody hears it: as in Electron. */
  deliver(message: ToPreload): void {
    if (this.#preloadContext === undefined) return;
    const expression = `${RECEIVER}(${JSON.stringify(message)})`;
    this.#session
      .send('Runtime.evaluate', { expression, uniqueContextId: this.#preloadContext })
      .catch(() => undefined);
  }

  async resize({ width, height }: Size): Promise<void> {
    const { browser } = this.#chromium.connection;
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId: this.targetId });
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
    if (!isHeaded) await browser.send('Browser.setContentsSize', { windowId, width, height });
  }

  async setWindowState(windowState: 'normal' | 'minimized'): Promise<void> {
    if (!isHeaded) return;
    const { browser } = this.#chromium.connection;
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId: this.targetId });
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    if (windowState === 'normal') await this.#session.send('Page.bringToFront');
  }

  async crash(): Promise<void> {
    await this.#session.send('Page.crash');
  }

  async close(): Promise<void> {
    await this.#chromium.connection.browser.send('Target.closeTarget', { targetId: this.targetId });
  }

  #listen(sessionId: string): void {
    const session = this.#session;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string };
      if (context.name === PRELOAD_WORLD && frameId === this.targetId)
        this.#preloadContext = context.uniqueId;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
      if (executionContextUniqueId === this.#preloadContext) this.#preloadContext = undefined;
    });
    session.on('Runtime.executionContextsCleared', () => (this.#preloadContext = undefined));
    session.on('Runtime.bindingCalled', ({ payload }) => {
      this.#listener.onMessage(JSON.parse(payload) as ToMain);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.#address = frame.url + (frame.urlFragment ?? '');
      this.#listener.onNavigated(this.#address);
    });
    session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (frameId === this.targetId) this.#listener.onNavigationAsked(url);
    });
    session.on('Page.loadEventFired', () => {
      if (PLACEHOLDER.test(this.#address)) return;
      this.#listener.onLoaded();
      this.#onLoad();
    });
    session.on('Inspector.targetCrashed', () => {
      this.#listener.onCrashed();
    });
    session.on('Fetch.requestPaused', (request) => {
      this.#listener.onRequest(request);
    });
    session.on('Debugger.paused', (pause) => void this.#answerPath(pause));
    this.#chromium.connection.browser.on('Target.detachedFromTarget', (detached) => {
      if (detached.sessionId === sessionId) this.#listener.onDestroyed();
    });
  }

  async #prepare(preload: string | undefined): Promise<void> {
    const session = this.#session;
    const secret = randomUUID();
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Debugger.enable'),
      session.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(secret) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadScript(secret, preload),
        worldName: PRELOAD_WORLD,
      }),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    ]);
    const applyTheme = () => {
      const value = nativeTheme.themeSource === 'system' ? '' : nativeTheme.themeSource;
      session
        .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
        .catch(() => undefined);
    };
    nativeTheme.on('updated', applyTheme);
    if (nativeTheme.themeSource !== 'system') session.on('Page.loadEventFired', applyTheme);
  }

  /** The preload's world stands still in `webUtils.getPathForFile` until the path has been written into it. */
  async #answerPath({ callFrames: [frame] }: Protocol.Debugger.pausedPayload): Promise<void> {
    try {
      if (frame?.functionName !== ASKING) return;
      const inFrame = (expression: string) =>
        this.#session.send('Debugger.evaluateOnCallFrame', { callFrameId: frame.callFrameId, expression });
      const { result } = await inFrame('file');
      const { path } = await this.#session.send('DOM.getFileInfo', { objectId: result.objectId ?? '' });
      await inFrame(`path = ${JSON.stringify(path)}`);
    } finally {
      await this.#session.send('Debugger.resume').catch(() => undefined);
    }
  }
}

async function openHeadless({ connection }: Chromium, { width, height }: Size): Promise<string> {
  const wanted = { url: 'about:blank', width, height, newWindow: true };
  return (await connection.browser.send('Target.createTarget', wanted)).targetId;
}

/** An app window tells nobody its target, so it is opened with an address that is known by itself. */
async function openVisible(chromium: Chromium, { width, height }: Size): Promise<string> {
  const mark = `data:text/html,${randomUUID()}`;
  const { browser } = chromium.connection;
  const found = Promise.withResolvers<string>();
  const look = ({ targetInfo }: Protocol.Target.targetInfoChangedPayload) => {
    if (targetInfo.type === 'page' && targetInfo.url === mark) found.resolve(targetInfo.targetId);
  };
  browser.on('Target.targetCreated', look).on('Target.targetInfoChanged', look);
  await browser.send('Target.setDiscoverTargets', { discover: true });
  chromium.openAppWindow(mark, width, height);
  const targetId = await found.promise;
  browser.off('Target.targetCreated', look).off('Target.targetInfoChanged', look);
  return targetId;
}
