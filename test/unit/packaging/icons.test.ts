import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icnsOf, icoOf } from '../../../scripts/packaging/icon-containers.ts';

const ASSETS = join(import.meta.dirname, '../../../assets');
const asset = (name: string) => readFileSync(join(ASSETS, name));

/** https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(png: Buffer): string {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

describe('the icons', () => {
  it('are there for Linux in every size, each of the size that its name says', () => {
    const names = readdirSync(join(ASSETS, 'icons'));
    const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => `${size}x${size}`);
    expect(names.sort()).toEqual(sizes.map((size) => `${size}.png`).sort());
    for (const size of sizes) expect(pngSize(asset(`icons/${size}.png`))).toBe(size);
  });

  it('are there for Windows from 16 to 256 pixels', () => {
    const ico = asset('icon.ico');
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    const pictures = entries.map((at) => {
      const [bytes, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
      return pngSize(ico.subarray(offset, offset + bytes));
    });
    const edges = entries.map((at) => ico.readUInt8(at) || 256);
    expect(edges).toEqual([16, 24, 32, 48, 64, 128, 256]);
    expect(pictures).toEqual(edges.map((edge) => `${edge}x${edge}`));
  });

  it('are there for macOS from 32 to 1024 pixels, for plain and for Retina screens', () => {
    const icns = asset('icon.icns');
    expect([icns.subarray(0, 4).toString(), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const found: Record<string, string> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      found[icns.subarray(at, at + 4).toString()] = pngSize(icns.subarray(at + 8));
    }
    expect(found).toEqual({
      ic11: '32x32',
      ic12: '64x64',
      ic07: '128x128',
      ic08: '256x256',
      ic13: '256x256',
      ic09: '512x512',
      ic14: '512x512',
      ic10: '1024x1024',
    });
  });

  it('of the tray are there for macOS in both scales', () => {
    expect(pngSize(asset('trayTemplate.png'))).toBe('16x16');
    expect(pngSize(asset('trayTemplate@2x.png'))).toBe('32x32');
  });
});

describe('an icon’s container', () => {
  it('takes no size that its format has no name for', () => {
    const png = asset('icons/512x512.png');
    expect(() => icoOf([{ pixels: 512, png }])).toThrow(RangeError);
    expect(() => icnsOf([{ pixels: 48, png }])).toThrow(RangeError);
  });
});
