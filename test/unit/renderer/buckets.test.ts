import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { failure, share } from '../../renderer/shares.ts';
import { click, file, fileEvent, openedWindow, press, rowOf, settle, type } from './opened-window.ts';

let fake: FakeBridge;
beforeEach(async () => {
  fake = await openedWindow();
  await press(window, 'b', { ctrlKey: true });
});

const openBucket = (name = 'family-album') => click(screen.getByRole('button', { name }));
const names = () => screen.getAllByRole('row').map((row) => row.querySelector('.name')?.textContent);
describe('the buckets', () => {
  it('are those that the keys may list', () => {
    expect(screen.getByRole('heading', { name: 'Buckets' })).toBeTruthy();
    expect(within(screen.getByRole('list', { name: 'Buckets' })).getAllByRole('button')).toHaveLength(3);
  });

  it('are walked by the arrow keys', async () => {
    screen.getByRole('button', { name: 'acme-handover' }).focus();
    await press(document.activeElement!, 'ArrowDown');
    expect(document.activeElement?.textContent).toContain('family-album');
    await press(document.activeElement!, 'End');
    expect(document.activeElement?.textContent).toContain('photos-archive');
  });

  it('that may not be listed can be typed, and the connected one is there', async () => {
    fake.handlers.browseBuckets = () => ({ ok: true, value: null });
    fake.changeBoard({ currentAccount: 'work' });
    await settle();
    expect(screen.getByText(/may not list buckets/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'acme-handover' })).toBeTruthy();
    await fireEvent.input(screen.getByLabelText('Bucket'), { target: { value: ' other-one ' } });
    await click(screen.getByRole('button', { name: 'Open' }));
    expect(fake.inputsOf('browse').at(-1)).toMatchObject({ bucket: 'other-one', prefix: '' });
  });

  it('may be access points, by the ARN that is typed in a bucket’s place', async () => {
    const arn = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
    fake.handlers.browseBuckets = () => ({ ok: true, value: null });
    fake.changeBoard({ currentAccount: 'work' });
    await settle();
    const asked = fake.inputsOf('browse').length;
    await type('Bucket', '  ');
    await click(screen.getByRole('button', { name: 'Open' }));
    expect(fake.inputsOf('browse')).toHaveLength(asked);
    await type('Bucket', arn);
    await click(screen.getByRole('button', { name: 'Open' }));
    expect(fake.inputsOf('browse').at(-1)).toMatchObject({ bucket: arn, prefix: '' });
  });

  it('that cannot be asked for are asked for again when told to', async () => {
    const { browseBuckets } = fake.handlers;
    fake.handlers.browseBuckets = () => ({ ok: false, failure: failure('No network.') });
    fake.changeBoard({ currentAccount: 'work' });
    await settle();
    expect(screen.getByText('No network.')).toBeTruthy();
    fake.handlers.browseBuckets = browseBuckets;
    await click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByRole('button', { name: 'family-album' })).toBeTruthy();
  });
});

describe('a bucket', () => {
  beforeEach(() => openBucket());

  it('shows its folders and objects in the order of their keys, with size, date and storage class', () => {
    expect(names()).toEqual(
      expect.arrayContaining(['Invoice 2026-118.pdf', 'handover', 'photos', 'readme.txt']),
    );
    expect(names()[0]).toBe('Invoice 2026-118.pdf');
    expect(rowOf('Invoice').textContent).toMatch(/824 kB · .+\d/);
    expect(rowOf('film.mov').textContent).toContain('Intelligent tiering');
    expect(screen.getByText('10 entries')).toBeTruthy();
  });

  it('is walked into by Enter and out of by Backspace, the focus with it', async () => {
    rowOf('handover').focus();
    await press(rowOf('handover'), 'Enter');
    expect(names()).toEqual(['2025', '2026']);
    expect(document.activeElement?.textContent).toContain('2025');
    await press(document.activeElement!, 'Enter');
    expect(names()).toEqual(['report.pdf']);
    await press(document.activeElement!, 'Backspace');
    expect(names()).toEqual(['2025', '2026']);
    await press(document.activeElement!, 'Backspace');
    await press(document.activeElement!, 'Backspace');
    expect(screen.getByRole('list', { name: 'Buckets' })).toBeTruthy();
  });

  it('is walked through by the path above it', async () => {
    await fireEvent.dblClick(rowOf('handover'));
    await settle();
    await fireEvent.dblClick(rowOf('2026'));
    await settle();
    const path = screen.getByRole('navigation', { name: 'Where you are' });
    expect(within(path).getByText('2026').closest('button')?.getAttribute('aria-current')).toBe('location');
    await click(within(path).getByText('handover'));
    expect(names()).toEqual(['2025', '2026']);
    await click(within(path).getByRole('button', { name: 'All buckets' }));
    expect(screen.getByRole('button', { name: 'photos-archive' })).toBe(
      document.activeElement?.ownerDocument.querySelectorAll('.bucket')[2],
    );
  });

  it('says what S3 refuses, and asks again when told to', async () => {
    const { browse } = fake.handlers;
    fake.handlers.browse = () => ({ ok: false, failure: failure('These credentials may not list it.') });
    await click(screen.getByRole('button', { name: 'Read again' }));
    expect(screen.getByRole('alert').textContent).toContain('These credentials may not list it.');
    expect(screen.queryAllByRole('row')).toEqual([]);
    fake.handlers.browse = browse;
    await click(screen.getByRole('button', { name: 'Try again' }));
    expect(names()).toContain('readme.txt');
  });

  it('says that it is empty where it is', async () => {
    fake.bucket.objects = [];
    await click(screen.getByRole('button', { name: 'Read again' }));
    expect(screen.getByText('Nothing is here. Drop files to upload them here.')).toBeTruthy();
  });
});

describe('files that are dropped here', () => {
  const dropOn = async (element: Element) => {
    element.dispatchEvent(fileEvent('dragover', [file('a.txt')]));
    await settle();
    const said = screen.getByText(/^Let go to upload to/).textContent;
    element.dispatchEvent(fileEvent('drop', [file('a.txt')]));
    await settle();
    return said;
  };
  const places = () => (fake.inputsOf('startShares') as { place?: unknown }[]).map(({ place }) => place);

  it('go to where one is', async () => {
    await openBucket();
    await fireEvent.dblClick(rowOf('handover'));
    await settle();
    expect(await dropOn(document.body)).toBe('Let go to upload to family-album/handover/');
    expect(places()).toEqual([{ bucket: 'family-album', prefix: 'handover/' }]);
  });

  it('go into the folder under them', async () => {
    await openBucket();
    expect(await dropOn(rowOf('photos').querySelector('.name')!)).toContain('family-album/photos/');
    expect(places()).toEqual([{ bucket: 'family-album', prefix: 'photos/' }]);
  });

  it('go into the bucket under them', async () => {
    await dropOn(screen.getByRole('button', { name: 'photos-archive' }));
    expect(places()).toEqual([{ bucket: 'photos-archive', prefix: '' }]);
  });

  it('go to the account’s own bucket once the view is left', async () => {
    await openBucket();
    await press(document.body, 'Escape');
    document.body.dispatchEvent(fileEvent('drop', [file('a.txt')]));
    await settle();
    expect(places()).toEqual([undefined]);
  });

  it('are seen where they are as soon as they have arrived', async () => {
    await openBucket();
    const asked = fake.inputsOf('browse').length;
    fake.push('sharesChanged', {
      rows: [
        share({ id: '00000000aa', name: 'new.txt', key: 'new.txt' }),
        share({ id: '00000000ab', name: 'deep.txt', key: 'other/deep.txt' }),
        share({ id: '00000000ac', name: 'away.txt', key: 'away.txt', bucket: 'elsewhere' }),
      ],
    });
    await settle();
    expect(names()).toContain('new.txt');
    expect(names()).toContain('other');
    expect(names()).not.toContain('away.txt');
    expect(fake.inputsOf('browse')).toHaveLength(asked);
  });
});
