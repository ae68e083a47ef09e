import type { Page } from '@playwright/test';

/** Times between frames in milliseconds, while a list is scrolled at a steady pace. */
export interface FrameTimes {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
  /** Frames in which a row was seen that had not been read yet. */
  readonly framesWithGaps: number;
}

const FRAMES = 300;

/** @param pixelsPerFrame 40 is a hand on the wheel, 600 one on the scroll bar */
export async function scrollFrames(page: Page, pixelsPerFrame: number): Promise<FrameTimes> {
  const { times, gaps } = await page.evaluate(
    async ([step, frames]) => {
      const list = document.querySelector('.list');
      const measured: number[] = [];
      let withGaps = 0;
      let last = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < frames; frame += 1) {
        list?.scrollBy(0, step);
        const now = await new Promise<number>(requestAnimationFrame);
        measured.push(now - last);
        last = now;
        if (document.querySelector('.hole')) withGaps += 1;
      }
      return { times: measured, gaps: withGaps };
    },
    [pixelsPerFrame, FRAMES] as const,
  );
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return { median: at(0.5), p99: at(0.99), worst: at(1), framesWithGaps: gaps };
}

/** Milliseconds from the navigation to the first paint that has something in it; null where none is told. */
export function firstPaint(page: Page): Promise<number | null> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null);
}
