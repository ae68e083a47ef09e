// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { UploadInvitation } from '../../../src/main/share/invitations.ts';
import { uploadPage } from '../../../src/main/share/upload-page.ts';

const WORDS = { ends: 'Works until noon.', limits: 'Up to 9 B.' };

function page(contentType: string | null, sent: Record<string, string>, name = 'in') {
  const invitation: UploadInvitation = {
    ...{ id: 'a', url: 'https://films.s3.amazonaws.com/', name, bucket: 'films', key: 'in/r/', sent },
    ...{ size: null, signedAt: 0, expiresAt: 1, requestedExpiresAt: 1, limitedBy: null, endUncertain: false },
    terms: {
      ...{ way: 'form', contentType, minBytes: 0, maxBytes: 9, uploadEndsAt: 1 },
      linkLife: { kind: 'seconds', seconds: 1 },
    },
  };
  const html = uploadPage(invitation, WORDS);
  return { html, document: new DOMParser().parseFromString(html, 'text/html') };
}

describe('the page with a form', () => {
  it('posts every field as it was signed, the file last', () => {
    const sent = { key: 'in/r/${filename}', policy: 'e30=', 'x-amz-signature': 'f00' };
    const { document } = page(null, sent);
    const form = document.forms[0]!;
    expect([form.method, form.enctype, form.action]).toEqual([
      ...['post', 'multipart/form-data', 'https://films.s3.amazonaws.com/'],
    ]);
    const inputs = [...form.querySelectorAll('input')].map(({ name, type, value }) => [name, type, value]);
    expect(inputs).toEqual([
      ...Object.entries(sent).map(([name, value]) => [name, 'hidden', value]),
      ['file', 'file', ''],
    ]);
  });

  it('runs no script, loads nothing, and sends to the bucket alone', () => {
    const { document, html } = page(null, { policy: 'e30=' });
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    const style = createHash('sha256').update(document.querySelector('style')?.textContent ?? '');
    expect(policy?.getAttribute('content')).toBe(
      `default-src 'none'; style-src 'sha256-${style.digest('base64')}'; form-action https://films.s3.amazonaws.com`,
    );
    expect(document.querySelectorAll('script, img, link, iframe')).toHaveLength(0);
    expect(html).not.toMatch(/\son\w+=|javascript:/i);
  });

  it('lets a person choose the type, where the form takes all of a kind', () => {
    const { document } = page('image/*', { 'Content-Type': 'image/' });
    const choice = document.querySelector<HTMLSelectElement>('select[name="Content-Type"]');
    expect([...(choice?.options ?? [])].map(({ text }) => text)).toContain('image/png');
    expect(document.querySelectorAll('input[name="Content-Type"]')).toHaveLength(0);
    expect(document.querySelector<HTMLInputElement>('input[type=file]')?.accept).toBe('image/*');
  });

  it('says what is taken and until when', () => {
    const text = page(null, {}).document.body.textContent;
    expect(text).toContain('Up to 9 B. Works until noon.');
  });

  it('lets no name out of its place', () => {
    const { document } = page(null, { key: '"><script>alert(1)</script>' }, '</title><script>x</script>');
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.title).toBe('Upload to </title><script>x</script>');
    expect(document.querySelector<HTMLInputElement>('input[name=key]')?.value).toContain('<script>');
  });
});
