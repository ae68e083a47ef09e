import { describe, expect, it } from 'vitest';
import { errorFields, logLine } from '../../../src/shared/log.ts';
import { scrubbed, withoutNames } from '../../../src/shared/scrubbing.ts';

/** Each stands for something that no log may hold. */
const CANARIES: readonly (readonly [string, string, string])[] = [
  ['a presigned link', 'PUT https://h.example/b/k?X-Amz-Signature=CANARY&X-Amz-Date=1 failed', 'CANARY'],
  ['a parameter of one', 'X-Amz-Security-Token=CANARY', 'CANARY'],
  ['a bucket in a host', 'GET https://canary-bucket.s3.eu-west-1.amazonaws.com/ 403', 'canary-bucket'],
  ['a key in a path', 'GET https://s3.example.org/b/canary/film.mp4', 'canary'],
  ['a password with a quotation mark', 'https://ada:"canary@h.example/', 'canary'],
  ['a host that is not known', 'said=getaddrinfo ENOTFOUND canary.s3.amazonaws.com', 'canary'],
  ['a host that is not known yet', 'said=getaddrinfo EAI_AGAIN canary.example.org', 'canary'],
  ['a host that refuses', 'said=connect ECONNREFUSED canary.local:9000', 'canary'],
  ['an address of a network', 'said=connect EACCES 10.0.0.9:9 - Local (192.168.1.7:0)', '192.168'],
  ['a host that is slow', 'said=connect ETIMEDOUT canary.local:9000', 'canary'],
  ['a host without a way to it', 'said=send EHOSTUNREACH canary.local:9000', 'canary'],
  ['a host in no network', 'said=send ENETUNREACH canary.local:9000', 'canary'],
  ['a host of a certificate', 'said=altnames: Host: canary.s3.local. is not in the cert', 'canary'],
  ['a host that was tried', 'said=Timeout (attempted address: canary.s3.local:443)', 'canary'],
  ['an object of S3', 's3://films/my canary plan.pdf', 'canary'],
  ['a user and a password in an address', 'https://ada:canary@h.example/', 'canary'],
  ['a name in quotation marks', '“canary plan.pdf” is gone', 'canary'],
  ['a name in German quotation marks', '„canary plan.pdf“ ist weg', 'canary'],
  ['a name with quotation marks of its own', 'no file “Bericht „Neu“ 2024 canary.pdf”.', 'canary'],
  ['a name in German ones with such marks', '„Bericht “Neu” 2024 canary.pdf“ ist weg', 'canary'],
  ['a name whose end is missing', 'said=There is no file “canary plan', 'canary'],
  ['a name with marks that was cut', 'said=There is no file “Bericht „Neu“ canary plan…', 'canary'],
  ['a name in too long a line', `“Bericht „Neu“ canary ${'plan '.repeat(500)}”`, 'canary'],
  ['a name in angled ones', '»canary plan.pdf« ist weg', 'canary'],
  ['a name with an apostrophe', "open 'ada's canary.pdf'", 'canary'],
  ['a name in straight ones', 'open "canary plan.pdf"', 'canary'],
  ['a name in back ticks', 'open `canary.pdf`', 'canary'],
  ['a path of Unix', 'cannot open /home/ada/my canary plan.pdf', 'canary'],
  ['a path from home', 'cannot open ~/canary plan.pdf', 'canary'],
  ['a path of Windows', String.raw`cannot open C:\Users\ada\my canary plan.pdf`, 'canary'],
  ['a path of a network', String.raw`cannot open \\server\share\canary.pdf`, 'canary'],
  ['a file’s address', 'cannot open file:///home/ada/canary%20plan.pdf', 'canary'],
  ['an access key id', 'id AKIACANARY', 'CANARY'],
  ['a temporary key id', 'request=ASIACANARY0000000000', 'CANARY'],
  ['a secret access key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYcanaryKEYs', 'canary'],
  ['a key id of another store', 'id 0031a2canary5d6e7f8a9b0c1d', 'canary'],
  ['a named secret', 'aws_secret_access_key = canary horse', 'canary'],
  ['a header', 'authorization: AWS4-HMAC-SHA256 canary', 'canary'],
  ['a token in JSON', '{"SessionToken":"canary"}', 'canary'],
  ['an upload id', 'upload 2~canary0123456789canary', 'canary'],
  ['what pretends to be a request id', 'said=it failed: request=jLHMXm-canary3zSZNSJ65Rscg', 'canary'],
  ['a piece of a key', 'key jLHMXm-canary3zSZNSJ65Rscg', 'canary'],
];

describe('a line of the log', () => {
  it.each(CANARIES)('holds %s no more', (_what, line, canary) => {
    expect(line).toContain(canary);
    expect(scrubbed(line)).not.toContain(canary);
  });

  it.each([
    'info  start app=0.1.0 electron=45.4.1 chrome=152.0.7700.12 system=linux-x64 os=6.12.0-amd64 packaged=true',
    'warn  share paused share=a1b2c3d4e5 code=credentials-expired',
    'warn  request failed code=server-busy retryable=true ms=1204 said=The server could not take it (SlowDown).',
    'warn  x request=tx00000b1c2d3e4f5a6b7c8-0066aabbcc-1234-default',
    'warn  x request=4442587FB7D0A2F9 said=S3 refused to upload to the bucket (OutOfCredit, status 400).',
    'error unhandled rejection name=TypeError at=index.js:10:5,chunk.js:2:1',
    'error request broke channel=readBoard name=Error code=ECONNREFUSED at=index.js:10:5 said=It broke.',
    'warn  x said=The server could not be reached (ENOTFOUND). It is tried again.',
  ])('keeps what helps: %s', (line) => {
    expect(scrubbed(line)).toBe(line);
  });

  it('is one line, whatever it is made of', () => {
    expect(scrubbed('one\r\ntwo\u2028three\u0000')).toBe('one two three ');
  });

  it('ends where it says nothing more, and never in the middle of a word', () => {
    const long = `${'word '.repeat(399)}wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`;
    expect(scrubbed(long)).toMatch(/word …$/);
    expect(scrubbed('a1'.repeat(1_000_000))).toBe('…');
    expect(scrubbed('word '.repeat(1_000))).toBe(`${'word '.repeat(400)}…`);
  });

  it('loses names that are known, in capitals or not, and no part of other words', () => {
    const names = ['films', 'my.bucket+1', 'ab'];
    expect(withoutNames('Films of my.bucket+1, filmstrip ab', names)).toBe('… of …, filmstrip ab');
    expect(withoutNames('films', [])).toBe('films');
  });
});

describe('an event', () => {
  it('tells when, how bad, what, and its facts; nothing of what is not known', () => {
    const fields = { share: 'a1b2c3d4e5', code: 'unreachable', request: null, attempt: 2 };
    expect(logLine(0, 'warn', 'share paused', fields)).toBe(
      '1970-01-01T00:00:00.000Z warn  share paused share=a1b2c3d4e5 code=unreachable attempt=2',
    );
  });

  it('says its sentence last, for that may take the rest of the line', () => {
    const line = logLine(0, 'error', 'x', { said: 'open /home/ada/canary', code: 'ENOENT' });
    expect(line).toBe('1970-01-01T00:00:00.000Z error x code=ENOENT said=open /…');
  });
});

describe('an error that nobody expected', () => {
  it('is told by its name, its code and where it was, without folders', () => {
    const error = Object.assign(new TypeError("open '/home/ada/canary.pdf'"), { code: 'ENOENT' });
    error.stack = `TypeError: canary.js:1:1\n    at open (/home/ada/app/out/main/index.js:10:5)\n    at file:///opt/canary/chunk.js:2:1`;
    const line = logLine(0, 'error', 'x', errorFields(error));
    expect(line).toMatch(/name=TypeError code=ENOENT at=index\.js:10:5,chunk\.js:2:1 said=open “…”$/);
  });

  it('is told by its kind where it is no error', () => {
    expect(errorFields('canary')).toEqual({ name: 'string' });
  });
});
