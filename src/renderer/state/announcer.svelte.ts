import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { ShareRow } from '../../shared/board.ts';
import { namedIn } from '../model/shown-name.ts';
import { rowLines } from '../row-words.ts';
import { tellNumber, tellTime } from '../telling.ts';
import { words } from '../words.ts';

const MINUTE = 60_000;
/** Who listens is told of the end of a link when so much is left of it. */
const SOON_MS = 5 * MINUTE;
/** A quarter is told of what takes long only: between two sentences on one file lies at least this. */
const REST_MS = 10_000;
/** What happens at about the same time is one announcement. */
const GATHERING_MS = 500;
const STANDING_MS = 10_000;
const MOST_NAMED = 2;

interface Track {
  /** How many quarters have been sent, or told. */
  readonly quarter: number;
  /** When something was said of it last, in milliseconds since 1970. */
  readonly toldAt: number;
  /** Whether it was told that something is in its way. */
  readonly isHeldUp: boolean;
}

/**
 * What a screen reader says of uploads and links while nobody asks: each quarter of a long upload, its end, that a link
 * ends soon, and that it has ended. The figures in the list change many times a second, and are for looking at.
 * https://www.w3.org/WAI/WCAG22/Understanding/status-messages.html
 */
export class Announcer {
  /** For the live region; empty again after a while, so that the same can be said once more. */
  said = $state('');
  readonly #now: () => number;
  readonly #uploads = new SvelteMap<string, Track>();
  /** Links of whose near end was told. */
  readonly #ending = new SvelteSet<string>();
  /** Sentences on one file or link each. */
  #gathered: string[] = [];
  /** Sentences on many at once. */
  #summed: string[] = [];
  #finished: string[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #standing: ReturnType<typeof setTimeout> | undefined;

  /** @param now the server's clock, in milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Hears of rows as they stand now. */
  follow(rows: readonly ShareRow[]): void {
    for (const row of rows) this.#followOne(row);
  }

  /** Looks which links end soon, or have ended since; to be called about once a minute. */
  count(rows: readonly ShareRow[]): void {
    const now = this.#now();
    const live = rows.filter(({ standing }) => standing.kind === 'live');
    const soon = live.filter(({ id, expiresAt }) => {
      const left = expiresAt - now;
      return left > 0 && left <= SOON_MS && !this.#ending.has(id);
    });
    const over = live.filter(({ id, expiresAt }) => expiresAt <= now && this.#ending.has(id));
    for (const { id } of soon) this.#ending.add(id);
    for (const { id } of over) this.#ending.delete(id);
    this.#sayOfMany(
      soon.map((row) => words.told.endsSoon(namedIn(row.name), minutesLeft(row.expiresAt - now))),
      words.told.endSoon,
    );
    this.#sayOfMany(
      over.map((row) => words.told.hasEnded(namedIn(row.name))),
      words.told.haveEnded,
    );
  }

  #followOne(row: ShareRow): void {
    const { id, standing } = row;
    const track = this.#uploads.get(id);
    if (standing.kind === 'uploading') this.#followUpload(row, track);
    if (track === undefined || standing.kind === 'uploading') return;
    if (standing.kind === 'paused') {
      const isHeldUp = standing.reason !== null;
      if (isHeldUp && !track.isHeldUp) this.#say(sentenceOn(row, this.#now()));
      this.#uploads.set(id, { ...track, isHeldUp });
      return;
    }
    this.#uploads.delete(id);
    if (standing.kind === 'live') this.#finish(namedIn(row.name));
    else if (standing.kind === 'failed') this.#say(sentenceOn(row, this.#now()));
  }

  #followUpload(row: ShareRow, track: Track | undefined): void {
    if (row.standing.kind !== 'uploading') return;
    const { sentBytes, totalBytes } = row.standing;
    const quarter = totalBytes === 0 ? 0 : Math.min(3, Math.floor((sentBytes / totalBytes) * 4));
    const now = this.#now();
    // That it began, a toast has told.
    if (track === undefined) this.#uploads.set(row.id, { quarter, toldAt: now, isHeldUp: false });
    else if (quarter > track.quarter && now - track.toldAt >= REST_MS) {
      this.#uploads.set(row.id, { quarter, toldAt: now, isHeldUp: false });
      this.#say(words.told.partly(namedIn(row.name), quarter * 25));
    }
  }

  #sayOfMany(sentences: readonly string[], ofMany: (written: string) => string): void {
    if (sentences.length > MOST_NAMED) {
      this.#summed.push(ofMany(tellNumber(sentences.length)));
      this.#gather();
    } else for (const sentence of sentences) this.#say(sentence);
  }

  #finish(name: string): void {
    this.#finished.push(name);
    this.#gather();
  }

  #say(sentence: string): void {
    this.#gathered.push(sentence);
    this.#gather();
  }

  /** What goes on happening must not put off what has happened: the first of it says when it is told. */
  #gather(): void {
    if (this.#gathering !== undefined) return;
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      this.#tell();
    }, GATHERING_MS);
  }

  #tell(): void {
    const more = this.#gathered.length - MOST_NAMED;
    this.said = [
      ...this.#gathered.slice(0, MOST_NAMED),
      ...(more > 0 ? [words.told.andMore(tellNumber(more))] : []),
      ...this.#summed,
      ...finishedOnes(this.#finished),
    ].join('. ');
    this.#gathered = [];
    this.#summed = [];
    this.#finished = [];
    clearTimeout(this.#standing);
    this.#standing = setTimeout(() => (this.said = ''), STANDING_MS);
  }
}

/** Full minutes, rounded up: somebody hears `5 min`, and has no use for the seconds. */
function minutesLeft(ms: number): string {
  return tellTime(Math.ceil(ms / MINUTE) * MINUTE);
}

function finishedOnes(names: readonly string[]): string[] {
  if (names.length > MOST_NAMED) return [words.told.areUp(tellNumber(names.length))];
  return names.map((name) => words.told.isUp(name));
}

function sentenceOn(row: ShareRow, now: number): string {
  return words.told.refused(namedIn(row.name), rowLines(row, now)[0]?.text ?? '');
}
