/** A square picture: PNG bytes and its edge in pixels. */
export interface Picture {
  readonly pixels: number;
  readonly png: Buffer;
}

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;
const ICO_LARGEST = 256;

/**
 * A Windows icon that holds each picture as PNG, which Windows reads since Vista.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 * @throws RangeError for a picture of more than 256 pixels: its directory has one byte for the edge
 */
export function icoOf(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(ICO_HEADER_BYTES);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * pictures.length;
  const entries = pictures.map(({ pixels, png }) => {
    if (pixels > ICO_LARGEST) throw new RangeError(`${pixels} pixels do not fit into an .ico.`);
    const entry = Buffer.alloc(ICO_ENTRY_BYTES);
    // 256 is written as 0.
    entry.writeUInt8(pixels % ICO_LARGEST, 0);
    entry.writeUInt8(pixels % ICO_LARGEST, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/** What macOS calls each size; those with two names serve both plain and Retina screens. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** The sizes that an .icns holds as PNG, in pixels. */
export const ICNS_PIXELS: readonly number[] = Object.keys(ICNS_TYPES).map(Number);

/**
 * A macOS icon. https://en.wikipedia.org/wiki/Apple_Icon_Image_format
 * @throws RangeError for a size that the format has no name for
 */
export function icnsOf(pictures: readonly Picture[]): Buffer {
  const elements = pictures.flatMap(({ pixels, png }) => {
    const types = ICNS_TYPES[pixels];
    if (types === undefined) throw new RangeError(`An .icns has no name for ${pixels} pixels.`);
    return types.map((type) => block(type, png));
  });
  return block('icns', Buffer.concat(elements));
}

/** Four letters, the length of all of it, and the content. */
function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'ascii');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
