import type { Notification as ElectronNotification } from 'electron';
import { StrictEmitter } from './strict-emitter.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly subtitle?: string;
  readonly body?: string;
  readonly silent?: boolean;
  readonly icon?: unknown;
}

/** No desktop shows it; it says that it was shown, and a test clicks it with `emit('click')`. */
export class Notification
  extends StrictEmitter
  implements Pick<ElectronNotification, 'title' | 'subtitle' | 'body' | 'silent' | 'show' | 'close'>
{
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;

  constructor({ title = '', subtitle = '', body = '', silent = false }: NotificationOptions = {}) {
    super();
    this.title = title;
    this.subtitle = subtitle;
    this.body = body;
    this.silent = silent;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.emit('show', {});
  }

  close(): void {
    this.emit('close', {});
  }
}
