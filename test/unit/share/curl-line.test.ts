import { describe, expect, it } from 'vitest';
import { curlLine } from '../../../src/main/share/curl-line.ts';
import type { UploadInvitation } from '../../../src/main/share/invitations.ts';

const COMMON = { contentType: null, linkLife: { kind: 'seconds', seconds: 1 }, uploadEndsAt: 1 } as const;
const LINK = {
  ...{ id: 'a', url: 'https://films.s3.amazonaws.com/k?a=1&b=2', name: 'k', bucket: 'films', key: 'k' },
  ...{ size: null, signedAt: 0, expiresAt: 1, requestedExpiresAt: 1, limitedBy: null, endUncertain: false },
} as const;
const put = (sent: Record<string, string>): UploadInvitation => ({
  ...LINK,
  ...{ sent, terms: { way: 'put', neverOverwrite: true, ...COMMON } },
});
const form = (sent: Record<string, string>): UploadInvitation => ({
  ...LINK,
  ...{ sent, terms: { way: 'form', minBytes: 0, maxBytes: 9, ...COMMON } },
});

describe('the line for a shell', () => {
  it('of a link has every signed header, and the address as one word', () => {
    expect(curlLine(put({ 'content-type': 'text/plain; charset=utf-8', 'if-none-match': '*' }))).toBe(
      "curl --fail-with-body -T FILE -H 'content-type: text/plain; charset=utf-8' -H 'if-none-match: *' " +
        "'https://films.s3.amazonaws.com/k?a=1&b=2'",
    );
  });

  it('of a form has every field as it is, the file last', () => {
    expect(curlLine(form({ key: 'in/${filename}', policy: '@e30=' }))).toBe(
      "curl --fail-with-body --form-string 'key=in/${filename}' --form-string 'policy=@e30=' -F file=@FILE " +
        "'https://films.s3.amazonaws.com/k?a=1&b=2'",
    );
  });

  it('leaves the rest of the type to whoever uploads, where a form takes all of a kind', () => {
    expect(curlLine(form({ 'Content-Type': 'image/' }))).toContain("'Content-Type=image/TYPE'");
  });

  it('lets no quote in a key end its word', () => {
    expect(curlLine(form({ key: "it's; rm -rf $HOME" }))).toContain(`'key=it'\\''s; rm -rf $HOME'`);
  });
});
