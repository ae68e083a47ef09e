import { request } from 'undici';
import { refusalError } from '../../shared/s3-refusal.ts';
import type { LinkProbe } from '../share/links.ts';
import { connectionFailure, readRefusal, single, type DateListener } from './s3-answer.ts';

/** Milliseconds to wait for an answer: a person is waiting for the link. */
const PATIENCE_MS = 10_000;

/**
 * Asks for one byte of what a link leads to. HEAD would be refused: the method is part of what is signed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export class HttpProbe implements LinkProbe {
  readonly #dates: DateListener;

  constructor(dates: DateListener) {
    this.#dates = dates;
  }

  async size(url: string, bucket: string): Promise<number | null> {
    const heard = this.#dates.asking();
    try {
      const answer = await request(url, {
        headers: { range: 'bytes=0-0' },
        headersTimeout: PATIENCE_MS,
        bodyTimeout: PATIENCE_MS,
      });
      heard(single(answer.headers['date']));
      const range = single(answer.headers['content-range']);
      if (answer.statusCode < 300) {
        // A server that ignores the range would send it all.
        await answer.body.dump({ limit: 0 });
        return range ? totalOf(range) : null;
      }
      const text = await answer.body.text();
      // An empty object has no first byte.
      if (answer.statusCode === 416) return 0;
      throw refusalError(readRefusal(answer, text), { doing: 'read from', bucket });
    } catch (error) {
      throw connectionFailure(error);
    }
  }
}

/** The total in `bytes 0-0/1234`. https://www.rfc-editor.org/rfc/rfc9110#name-content-range */
function totalOf(contentRange: string): number | null {
  const total = Number(contentRange.split('/')[1]);
  return Number.isInteger(total) ? total : null;
}
