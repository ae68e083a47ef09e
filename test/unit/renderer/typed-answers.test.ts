import { describe, expect, it } from 'vitest';
import { acceleratorOf, readableAccelerator } from '../../../src/renderer/model/accelerator.ts';
import { connectionTo } from '../../../src/renderer/model/endpoint-presets.ts';

describe('an endpoint', () => {
  const nothing = { accountId: '', region: '', endpoint: '', pathStyle: true };
  it('of R2 is found in whatever was pasted of it', () => {
    for (const accountId of [
      'ABC123',
      ' https://abc123.r2.cloudflarestorage.com/bucket ',
      'abc123.r2.cloudflarestorage.com',
    ]) {
      expect(connectionTo('r2', { ...nothing, accountId })).toEqual({
        endpoint: 'https://abc123.r2.cloudflarestorage.com',
        region: 'auto',
        pathStyle: null,
      });
    }
  });

  it.each([
    'abc123.eu',
    'https://abc123.EU.r2.cloudflarestorage.com',
    'abc123.eu.r2.cloudflarestorage.com/b',
  ])(
    'of R2 keeps the jurisdiction, as typed in %s: its buckets are reached through no other',
    (accountId) => {
      expect(connectionTo('r2', { ...nothing, accountId }).endpoint).toBe(
        'https://abc123.eu.r2.cloudflarestorage.com',
      );
    },
  );

  it.each([
    ['s3.example.org:9000', 'https://s3.example.org:9000'],
    ['localhost:9000', 'http://localhost:9000'],
    ['http://10.0.0.7:9000//', 'http://10.0.0.7:9000'],
  ])('typed as %s is %s', (typed, endpoint) => {
    expect(connectionTo('custom', { ...nothing, endpoint: typed }).endpoint).toBe(endpoint);
  });

  it('of Amazon S3 is left to Amazon, and so is an unknown region', () => {
    expect(connectionTo('aws', nothing)).toEqual({ endpoint: null, region: null, pathStyle: null });
    expect(connectionTo('aws', { ...nothing, region: ' EU-West-1 ' }).region).toBe('eu-west-1');
  });
});

describe('a key combination', () => {
  const pressed = (given: Partial<KeyboardEvent>) => ({
    key: 's',
    code: 'KeyS',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...given,
  });

  it('is written as Electron reads it', () => {
    expect(acceleratorOf(pressed({ ctrlKey: true, altKey: true, key: 'ß' }), false)).toBe('Control+Alt+S');
    expect(acceleratorOf(pressed({ metaKey: true, shiftKey: true }), true)).toBe('Command+Shift+S');
    expect(acceleratorOf(pressed({ altKey: true, key: 'F5', code: 'F5' }), false)).toBe('Alt+F5');
    expect(acceleratorOf(pressed({ ctrlKey: true, key: 'ArrowUp', code: 'ArrowUp' }), false)).toBe(
      'Control+Up',
    );
  });

  it('is none without a key that holds it apart from typing', () => {
    expect(acceleratorOf(pressed({}), false)).toBeNull();
    expect(acceleratorOf(pressed({ shiftKey: true }), false)).toBeNull();
  });

  it('is none while only Ctrl is held', () => {
    expect(acceleratorOf(pressed({ ctrlKey: true, key: 'Control', code: 'ControlLeft' }), false)).toBeNull();
  });

  it('reads as each system writes it', () => {
    expect(readableAccelerator('CommandOrControl+Shift+S', true)).toBe('⌘⇧S');
    expect(readableAccelerator('CommandOrControl+Shift+S', false)).toBe('Ctrl+Shift+S');
  });
});
