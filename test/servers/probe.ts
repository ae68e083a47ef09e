import { S3ServiceException } from '@aws-sdk/client-s3';
import { getGlobalDispatcher } from 'undici';
import type { Dispatcher } from 'undici';

/** What came back for one request, as it was on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** S3's error code, where the body is an `<Error>`. */
  readonly code: string | null;
}

/** How a request was refused; the code is null where S3 sends none, as for HEAD. */
export interface Refused {
  readonly status: number;
  readonly code: string | null;
}

interface Asked {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Sends one request to a URL letter for letter: unlike `fetch`, it leaves `..` and `//` in a path alone. */
export async function ask(url: string, asked: Asked = {}): Promise<Reply> {
  const [, origin = '', path = ''] = /^(https?:\/\/[^/?]+)(.*)$/s.exec(url) ?? [];
  const { method = 'GET', headers = {}, body = null } = asked;
  const answer = await getGlobalDispatcher().request({ origin, path, method, headers, body });
  const text = await answer.body.text();
  const code = /<Error>.*?<Code>([^<]*)<\/Code>/s.exec(text)?.[1] ?? null;
  return { status: answer.statusCode, headers: answer.headers, text, code };
}

/** How a URL is refused. @throws Error where it is not */
export async function refusalAt(url: string, asked: Asked = {}): Promise<Refused> {
  const { status, code } = await ask(url, asked);
  if (status < 400) throw new Error(`The request was not refused: ${status}.`);
  return { status, code };
}

/** How an SDK call ends: refused, or `accepted`. @throws whatever else went wrong */
export async function outcomeOf(call: Promise<unknown>): Promise<Refused | 'accepted'> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return { status: error.$metadata.httpStatusCode ?? 0, code: error.name };
  }
}

/** How an SDK call is refused. @throws whatever else went wrong, and where nothing did */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  const outcome = await outcomeOf(call);
  if (outcome === 'accepted') throw new Error('The request was not refused.');
  return outcome;
}
