import { app } from './app.ts';
import { fromChromium, originOf } from './app-address.ts';
import { ipcMain, type InvokeEvent, type SenderFrame } from './ipc-main.ts';
import { settlePermissions } from './permissions.ts';
import type { ToMain } from './preload-world.ts';
import { RendererPage, type PageListener, type Size } from './renderer-page.ts';
import { RequestGate } from './request-gate.ts';
import type { Session } from './session.ts';
import { emitWith, strict, StrictEmitter } from './strict-emitter.ts';
import { createWire } from './wire.ts';

type WindowOpenHandler = (details: {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly disposition: string;
}) => { readonly action: 'allow' | 'deny' };

interface Owner {
  close(): void;
  destroy(): void;
}

const wire = createWire();
const all = new Map<number, WebContents>();
let lastId = 0;

export class WebContents extends StrictEmitter {
  readonly id = ++lastId;
  readonly session: Session;
  readonly mainFrame: SenderFrame;
  readonly #owner: Owner;
  readonly #page: Promise<RendererPage>;
  #opened: RendererPage | undefined;
  #gate: RequestGate | undefined;
  #openHandler: WindowOpenHandler | undefined;
  #url = '';
  #isDestroyed = false;

  /** Made by BrowserWindow alone. */
  constructor(owner: Owner, session: Session, size: Size, preload: string | undefined) {
    super();
    this.#owner = owner;
    this.session = session;
    this.mainFrame = this.#describeMainFrame();
    all.set(this.id, this);
    this.#page = this.#open(size, preload);
    app.emit('web-contents-created', {}, this);
  }

  static standInAll(): WebContents[] {
    return [...all.values()];
  }

  /** No part of Electron. */
  get standInTargetId(): string | undefined {
    return this.#opened?.targetId;
  }

  /** No part of Electron. */
  get standInPage(): Promise<RendererPage> {
    return this.#page;
  }

  /** No part of Electron: the window is gone, and the page goes with it. */
  standInDestroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this.id);
    this.#page.then((page) => page.close()).catch(() => undefined);
    this.emit('destroyed');
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#page;
    await settlePermissions(app.standInChromium.connection.browser, this.session, this, address);
    await page.load(address);
  }

  reload(): void {
    this.#page.then((page) => page.reload()).catch(console.error);
  }

  send(channel: string, ...parameters: unknown[]): void {
    const message = { kind: 'event', channel, parameters: wire.encode(parameters) } as const;
    this.#opened?.deliver(message);
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#page).evaluate(code);
  }

  forcefullyCrashRenderer(): void {
    // A page that crashes cannot answer that it did.
    this.#opened?.crash().catch(() => undefined);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  close(): void {
    this.#owner.close();
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }

  openDevTools(): void {
    return;
  }

  async #open(size: Size, preload: string | undefined): Promise<RendererPage> {
    const listener: PageListener = {
      onMessage: (message) => void this.#take(message),
      onNavigated: (address) => (this.#url = fromChromium(address)),
      onLoaded: () => this.emit('did-finish-load', {}),
      onCrashed: () => {
        const details = { reason: 'crashed', exitCode: 139 };
        this.emit('render-process-gone', {}, details);
        app.emit('render-process-gone', {}, this, details);
      },
      onDestroyed: () => {
        this.#owner.destroy();
      },
      onRequest: (request) => void this.#gate?.take(request),
      onNavigationAsked: (url) => this.#gate?.navigationAsked(url),
    };
    const page = await RendererPage.open(app.standInChromium, size, preload, listener);
    this.#gate = new RequestGate(page.session, page.targetId, this.session, (event, url, isMainFrame) => {
      const frame = isMainFrame ? this.mainFrame : null;
      return emitWith(this, event, { url, isMainFrame, isSameDocument: false, frame }, url);
    });
    this.#opened = page;
    return page;
  }

  async #take(message: ToMain): Promise<void> {
    if (message.kind === 'window') {
      if (message.request.kind === 'close') this.#owner.close();
      else this.#askToOpen(fromChromium(message.request.url));
      return;
    }
    const event: InvokeEvent = { sender: this, senderFrame: this.mainFrame };
    const parameters = wire.decode(message.parameters) as unknown[];
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...parameters);
      return;
    }
    const { number, channel } = message;
    try {
      const value = await ipcMain.standInInvoke(channel, event, parameters, wire.encode);
      this.#opened?.deliver({ kind: 'settle', number, value });
    } catch (error) {
      this.#opened?.deliver({ kind: 'settle', number, failure: (error as Error).message });
    }
  }

  #askToOpen(url: string): void {
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab' };
    if (this.#openHandler?.(details).action !== 'deny')
      console.error(`The stand-in opens no second window, not even for ${url}`);
  }

  #describeMainFrame(): SenderFrame {
    const url = () => this.#url;
    const isDestroyed = () => this.#isDestroyed;
    const frame: SenderFrame = strict('WebFrameMain', {
      get url() {
        return url();
      },
      get origin() {
        return originOf(url());
      },
      get top() {
        return frame;
      },
      parent: null,
      isDestroyed,
    });
    return frame;
  }
}

/** What the `electron` module offers under this name. */
export const webContents = strict('webContents', {
  getAllWebContents: () => WebContents.standInAll(),
  fromId: (id: number) => WebContents.standInAll().find((one) => one.id === id),
  fromDevToolsTargetId: (id: string) => WebContents.standInAll().find((one) => one.standInTargetId === id),
});
