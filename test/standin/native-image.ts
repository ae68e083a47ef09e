import { readFileSync } from 'node:fs';
import { strict, StrictEmitter } from './strict-emitter.ts';

const PNG_SIGNATURE = 0x89504e47;

/** An image as its bytes; only what a PNG says of itself is read. */
export class NativeImage extends StrictEmitter {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.#bytes = bytes;
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** Pixels. */
  getSize(): { width: number; height: number } {
    const isPng = this.#bytes.length > 24 && this.#bytes.readUInt32BE(0) === PNG_SIGNATURE;
    return isPng
      ? { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) }
      : { width: 0, height: 0 };
  }

  toPNG(): Buffer {
    return this.#bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }

  /** Nobody sees it here, so its pixels stay as they are. */
  resize(): this {
    return this;
  }

  setTemplateImage(): void {
    return;
  }
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => new NativeImage(bytes),
  createFromDataURL: (url: string) => new NativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64')),
  /** As in Electron, a path that holds no image gives an empty one. */
  createFromPath(path: string): NativeImage {
    try {
      return new NativeImage(readFileSync(path));
    } catch {
      return new NativeImage(Buffer.alloc(0));
    }
  },
});
