/**
 * Draws the icons of every system from assets/sandglass.svg, and the small ones from assets/sandglass-small.svg, whose
 * edges meet whole pixels: `npm run icons`. Needs rsvg-convert (Debian package librsvg2-bin); the results are committed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ICNS_PIXELS, icnsOf, icoOf, type Picture } from './icon-containers.ts';

const ASSETS = join(import.meta.dirname, '../../assets');

/** Linux looks for these sizes: https://specifications.freedesktop.org/icon-theme-spec/latest/ */
const LINUX_PIXELS = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;
const WINDOWS_PIXELS = [16, 24, 32, 48, 64, 128, 256] as const;

/** Up to here a person sees single pixels. */
const SMALL_PIXELS = 32;

/**
 * On macOS the shape leaves a margin to the picture's edge: 824 of 1024 pixels.
 * https://developer.apple.com/design/human-interface-guidelines/app-icons
 */
const MAC_SHAPE = 824 / 1024;

/** @param shape how much of the picture's edge the drawing takes: 1 is all of it */
function draw(pixels: number, shape = 1): Picture {
  const source = pixels <= SMALL_PIXELS ? 'sandglass-small.svg' : 'sandglass.svg';
  const edge = Math.round((pixels * shape) / 2) * 2;
  const margin = String((pixels - edge) / 2);
  const sizes = { width: edge, height: edge, 'page-width': pixels, 'page-height': pixels };
  const options = Object.entries(sizes).map(([name, value]) => `--${name}=${value}`);
  const { status, stdout, stderr, error } = spawnSync(
    'rsvg-convert',
    [...options, `--left=${margin}`, `--top=${margin}`, join(ASSETS, source)],
    { maxBuffer: 16 * 1024 ** 2 },
  );
  if (error) throw new Error('rsvg-convert is missing: install the Debian package librsvg2-bin.');
  if (status !== 0) throw new Error(`rsvg-convert failed: ${stderr.toString()}`);
  return { pixels, png: stdout };
}

mkdirSync(join(ASSETS, 'icons'), { recursive: true });
for (const { pixels, png } of LINUX_PIXELS.map((size) => draw(size))) {
  writeFileSync(join(ASSETS, `icons/${pixels}x${pixels}.png`), png);
}
writeFileSync(join(ASSETS, 'icon.ico'), icoOf(WINDOWS_PIXELS.map((size) => draw(size))));
writeFileSync(join(ASSETS, 'icon.icns'), icnsOf(ICNS_PIXELS.map((size) => draw(size, MAC_SHAPE))));
