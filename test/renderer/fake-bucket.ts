import type { Failure } from '../../src/shared/board.ts';
import type {
  BucketObjectView,
  BucketPage,
  ObjectVersionView,
  PageAsked,
  VersionsPageView,
} from '../../src/shared/bucket-view.ts';

const DAY = 86_400_000;
const CLASSES = [
  'STANDARD',
  'STANDARD',
  'STANDARD_IA',
  'STANDARD',
  'GLACIER',
  'INTELLIGENT_TIERING',
] as const;

/** An object as a listing tells of it; what a test is about is given. */
export function bucketObject(key: string, given: Partial<BucketObjectView> = {}): BucketObjectView {
  return {
    key,
    name: key.slice(key.lastIndexOf('/') + 1),
    size: 3_400_000,
    lastModified: Date.UTC(2026, 9, 12, 9, 30),
    storageClass: 'STANDARD',
    archived: false,
    ...given,
  };
}

/** Some folders, and objects of each kind, as a person may meet them. */
export function someObjects(now = Date.now()): BucketObjectView[] {
  const names = [
    'handover/2026/report.pdf',
    'handover/2025/report.pdf',
    'photos/lisbon/IMG_4471.heic',
    'readme.txt',
    'backup-of-the-old-server-2026-11-22T23-59-00.tar.zst',
    'film.mov',
    'interview.flac',
    'Invoice 2026-118.pdf',
    'plans/attic.dwg',
    'measurements.csv',
    'プロジェクト資料.docx',
  ];
  return names.map((key, place) => {
    const storageClass = CLASSES[place % CLASSES.length] ?? 'STANDARD';
    const archived = storageClass === 'GLACIER';
    const lastModified = now - place * 9 * DAY;
    return bucketObject(key, { storageClass, archived, lastModified, size: 900 + place ** 7 });
  });
}

/** An object, or null for what is folded into a folder. */
type Listed = readonly [key: string, object: BucketObjectView | null];

/** A bucket that answers as S3 lists: in the order of the keys, folded at slashes, a page at a time. */
export class FakeBucket {
  names: readonly string[] = ['acme-handover', 'family-album', 'photos-archive'];
  objects: readonly BucketObjectView[] = someObjects();
  readonly #lists = new Map<string, readonly Listed[]>();
  #listedOf: readonly BucketObjectView[] = [];

  page({ prefix, after, limit }: PageAsked): BucketPage {
    const all = this.#listed(prefix);
    const begin = after === null ? 0 : Number(after);
    const page = all.slice(begin, begin + limit);
    return {
      prefixes: page.flatMap(([key, object]) => (object === null ? [key] : [])),
      objects: page.flatMap(([, object]) => object ?? []),
      next: begin + limit < all.length ? String(begin + limit) : null,
    };
  }

  versions(key: string): VersionsPageView {
    const object = this.objects.find((each) => each.key === key);
    if (!object) return { versions: [], next: null };
    const { size, lastModified, storageClass, archived } = object;
    const version = (place: number, given: Partial<ObjectVersionView> = {}): ObjectVersionView => ({
      ...{ versionId: `v${9 - place}`, isLatest: place === 0, isDeleteMarker: false },
      ...{ size: size - place, lastModified: lastModified - place * 3 * DAY, storageClass, archived },
      ...given,
    });
    const marker = version(1, { isDeleteMarker: true, size: 0, storageClass: '', archived: false });
    return { versions: [version(0), marker, version(2)], next: null };
  }

  archivedFailure(key: string): Failure | null {
    if (!this.objects.find((object) => object.key === key)?.archived) return null;
    return {
      code: 'archived',
      message: 'The object is archived: nobody can download it until a copy of it is restored.',
      next: 'Restore it first (in S3’s console: Initiate restore), which takes minutes to hours; then make the link.',
      requestId: null,
    };
  }

  /** Worked out once for each prefix: a page of a hundred thousand keys must not cost all of them. */
  #listed(prefix: string): readonly Listed[] {
    if (this.#listedOf !== this.objects) this.#lists.clear();
    this.#listedOf = this.objects;
    const known = this.#lists.get(prefix);
    if (known) return known;
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const entries = new Map<string, BucketObjectView | null>();
    for (const object of this.objects.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      if (!object.key.startsWith(prefix)) continue;
      const slash = object.key.indexOf('/', prefix.length);
      if (slash === -1) entries.set(object.key, { ...object, name: object.key.slice(folder.length) });
      else entries.set(object.key.slice(0, slash + 1), null);
    }
    const list = [...entries];
    this.#lists.set(prefix, list);
    return list;
  }
}
