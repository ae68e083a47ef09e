import { request } from 'undici';
import { refusalError } from '../../shared/s3-refusal.ts';
import type { LinkProbe } from '../share/links.ts';
import type { ObjectProbe, Opened } from '../share/tried-link.ts';
import { restoredUntil } from '../signing/archive-class.ts';
import { connectionFailure, readRefusal, single, type DateListener } from './s3-answer.ts';

/** Milliseconds to wait for an answer: a person is waiting for the link. */
const PATIENCE_MS = 10_000;

/**
 * Asks for one byte of what a link leads to. HEAD would be refused: the method is part of what is signed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export class HttpProbe implements LinkProbe, ObjectProbe {
  readonly #dates: DateListener;

  constructor(dates: DateListener) {
    this.#dates = dates;
  }

  async size(url: string, bucket: string): Promise<number | null> {
    return (await this.open(url, bucket)).size;
  }

  async open(url: string, bucket: string): Promise<Opened> {
    const heard = this.#dates.asking();
    try {
      const answer = await request(url, {
        headers: { range: 'bytes=0-0' },
        headersTimeout: PATIENCE_MS,
        bodyTimeout: PATIENCE_MS,
      });
      const date = single(answer.headers['date']);
      heard(date);
      const copyEnds = restoredUntil(single(answer.headers['x-amz-restore']));
      if (answer.statusCode < 300) {
        const range = single(answer.headers['content-range']);
        // A server that ignores the range would send it all.
        await answer.body.dump({ limit: 0 });
        return { size: range ? totalOf(range) : null, restoredUntil: copyEnds };
      }
      const text = await answer.body.text();
      // An empty object has no first byte.
      if (answer.statusCode === 416) return { size: 0, restoredUntil: copyEnds };
      const refusal = { ...readRefusal(answer, text), signatureAgeSeconds: signatureAge(url, date) };
      throw refusalError(refusal, { doing: 'read from', bucket });
    } catch (error) {
      throw connectionFailure(error);
    }
  }
}

/** How many seconds ago the link was signed when the server answered; undefined where either does not tell. */
function signatureAge(url: string, answered: string | undefined): number | undefined {
  const stamp = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(
    new URL(url).searchParams.get('X-Amz-Date') ?? '',
  );
  if (!stamp) return undefined;
  const [year, month, ...others] = stamp.slice(1).map(Number) as [number, number, ...number[]];
  const age = (Date.parse(answered ?? '') - Date.UTC(year, month - 1, ...others)) / 1000;
  return Number.isNaN(age) ? undefined : age;
}

/** The total in `bytes 0-0/1234`. https://www.rfc-editor.org/rfc/rfc9110#name-content-range */
function totalOf(contentRange: string): number | null {
  const total = Number(contentRange.split('/')[1]);
  return Number.isInteger(total) ? total : null;
}
