import type { Tray as ElectronTray } from 'electron';
import { NativeImage } from './native-image.ts';
import { StrictEmitter } from './strict-emitter.ts';

/** There is no tray to be seen; a test that wants to know what it was given puts itself before these methods. */
export class Tray
  extends StrictEmitter
  implements Pick<ElectronTray, 'destroy' | 'isDestroyed' | 'setToolTip'>
{
  #isDestroyed = false;

  constructor(image: unknown) {
    super();
    this.setImage(image);
  }

  setImage(image: unknown): void {
    this.#check();
    if (typeof image !== 'string' && !(image instanceof NativeImage))
      throw new TypeError('Argument must be a file path or a NativeImage');
  }

  setContextMenu(): void {
    this.#check();
  }

  setToolTip(): void {
    this.#check();
  }

  destroy(): void {
    this.#isDestroyed = true;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  #check(): void {
    if (this.#isDestroyed) throw new Error('Tray is destroyed');
  }
}
