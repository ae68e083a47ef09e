import { describe, expect, it } from 'vitest';
import { bucketAddress } from '../../../src/main/signing/bucket-address.ts';
import { bucketLocation } from '../../../src/main/signing/location.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
const FILMS = bucketLocation('films', {}, 'eu-west-1');

describe('the client for a bucket', () => {
  it('is one for all who ask with the same credentials', () => {
    const clock = new ServerClock({ now: () => 0 });
    expect(s3Client(FILMS, KEYS, clock)).toBe(s3Client({ ...FILMS }, KEYS, clock));
  });

  it('is another for renewed credentials, for another place and for another clock', () => {
    const clock = new ServerClock({ now: () => 0 });
    const others = [
      s3Client(FILMS, { ...KEYS }, clock),
      s3Client(bucketLocation('films', { pathStyle: true }, 'eu-west-1'), KEYS, clock),
      s3Client(bucketLocation('films', {}, 'eu-west-2'), KEYS, clock),
      s3Client(FILMS, KEYS, new ServerClock({ now: () => 0 })),
    ];
    expect(others).not.toContain(s3Client(FILMS, KEYS, clock));
    expect(new Set(others).size).toBe(others.length);
  });

  it('is another once the server’s clock has proved different', () => {
    const clock = new ServerClock({ now: () => 0 });
    const before = s3Client(FILMS, KEYS, clock);
    clock.asking()(new Date(3_600_000).toUTCString());
    const after = s3Client(FILMS, KEYS, clock);
    expect(after).not.toBe(before);
    expect(after.config.systemClockOffset).toBe(clock.offset);
  });
});

describe('the address of a bucket', () => {
  it('is found out once for each client and bucket', async () => {
    const client = s3Client(FILMS, KEYS, new ServerClock({ now: () => 0 }));
    const found = await bucketAddress(client, 'films');
    expect(await bucketAddress(client, 'films')).toBe(found);
    expect((await bucketAddress(client, 'music')).url.hostname).toBe('music.s3.eu-west-1.amazonaws.com');
  });

  it('is asked for again where it could not be found', async () => {
    const client = s3Client(FILMS, KEYS, new ServerClock({ now: () => 0 }));
    const { endpointProvider } = client.config;
    client.config.endpointProvider = () => {
      throw new Error('No such place.');
    };
    await expect(bucketAddress(client, 'films')).rejects.toThrow('No such place.');
    client.config.endpointProvider = endpointProvider;
    expect((await bucketAddress(client, 'films')).url.hostname).toBe('films.s3.eu-west-1.amazonaws.com');
  });
});
