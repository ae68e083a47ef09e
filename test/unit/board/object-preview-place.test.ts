import { expect, it } from 'vitest';
import { ObjectPreview } from '../../../src/main/board/object-preview.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { DESTINATION } from './scripted-board.ts';
import { NOON } from './scripted-share.ts';

const life = { kind: 'seconds', seconds: 7_200 } as const;
const asked = { bucket: 'films', key: 'a.mp4', versionId: null };

function scene() {
  const world = { name: 'mine', url: 'https://one.example', looks: [] as (string | undefined)[] };
  const target = (bucket: string) => ({
    ...{ bucket, prefix: '', endpoint: { url: world.url } },
    source: {
      origin: { kind: 'account', name: world.name } as const,
      resolve: () => Promise.resolve({ accessKeyId: 'A', secretAccessKey: 's' }),
      forget: () => undefined,
    },
  });
  const preview = new ObjectPreview({
    accounts: { dropTarget: (place) => target(place?.bucket ?? DESTINATION.bucket) },
    browsing: {
      look: ({ endpoint: { url } }) => {
        world.looks.push(url);
        const archive =
          url === 'https://one.example'
            ? ({ kind: 'none' } as const)
            : ({ kind: 'archived', isComing: false } as const);
        return Promise.resolve({ size: 1, storageClass: 'GLACIER', archive });
      },
    },
    clock: new ServerClock({ now: () => NOON }),
  });
  return { world, preview };
}

it('an object is not looked at again for each life that is picked', async () => {
  const { world, preview } = scene();
  await preview.preview(asked, life);
  await preview.preview(asked, { kind: 'seconds', seconds: 60 });
  expect(world.looks).toEqual(['https://one.example']);
});

it('an object of the same bucket and key on another server is looked at for itself', async () => {
  const { world, preview } = scene();
  await preview.preview(asked, life);
  world.url = 'https://two.example';
  await expect(preview.preview(asked, life)).rejects.toThrow('nobody could download it');
  expect(world.looks).toEqual(['https://one.example', 'https://two.example']);
});

it('an object that another account may see is looked at with its own keys', async () => {
  const { world, preview } = scene();
  await preview.preview(asked, life);
  world.name = 'theirs';
  await preview.preview(asked, life);
  expect(world.looks).toHaveLength(2);
});
