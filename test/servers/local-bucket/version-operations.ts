import { bare, timestamp, xml } from './answers.ts';
import type { Answer, XmlNode } from './answers.ts';
import { storageClassOf } from './archive-operations.ts';
import type { Exchange } from './exchange.ts';
import { byBytes, pageSize } from './listing.ts';
import type { StoredObject } from './object-store.ts';
import { Refusal } from './refusals.ts';

const LARGEST_DOCUMENT_BYTES = 64 * 1024;

export async function putVersioning({ bucket, body, objects }: Exchange): Promise<Answer> {
  objects.objects(bucket);
  const document = await body.text(LARGEST_DOCUMENT_BYTES);
  // To suspend it again would ask for a version named null, which nobody here needs.
  if (!document.includes('<Status>Enabled</Status>')) throw new Refusal('NotImplemented');
  objects.versions.enable(bucket);
  return bare(200);
}

export function getVersioning({ bucket, objects }: Exchange): Promise<Answer> {
  objects.objects(bucket);
  const status: XmlNode[] = objects.versions.keeps(bucket) ? [['Status', 'Enabled']] : [];
  return Promise.resolve(xml('VersioningConfiguration', status));
}

interface Listed {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: number;
  readonly object: StoredObject | null;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listObjectVersions({ request, bucket, objects }: Exchange): Promise<Answer> {
  const prefix = request.parameter('prefix') ?? '';
  const size = pageSize(request, 'max-keys');
  const spelled = request.parameter('encoding-type') === 'url' ? encodeURIComponent : String;
  const marker = { key: request.parameter('key-marker'), id: request.parameter('version-id-marker') };
  const newest = new Map(objects.objects(bucket).map((object) => [object.key, object]));
  const keys = [...new Set([...newest.keys(), ...objects.versions.keys(bucket)])].sort(byBytes);
  const all = keys
    .filter((key) => key.startsWith(prefix))
    .flatMap((key): Listed[] => {
      const object = newest.get(key);
      const first = object && [
        { key, versionId: object.versionId ?? 'null', lastModified: object.lastModified, object },
      ];
      return [...(first ?? []), ...objects.versions.of(bucket, key).map((older) => ({ key, ...older }))];
    });
  const after = all.findLastIndex(
    ({ key, versionId }) => key === marker.key && (marker.id === undefined || versionId === marker.id),
  );
  const page = all.slice(after + 1, after + 1 + size);
  const last = page.at(-1);
  const isTruncated = last !== undefined && last !== all.at(-1);
  const next: XmlNode[] = isTruncated
    ? [
        ['NextKeyMarker', spelled(last.key)],
        ['NextVersionIdMarker', last.versionId],
      ]
    : [];
  const isNewest = (listed: Listed) => all.find(({ key }) => key === listed.key) === listed;
  return Promise.resolve(
    xml('ListVersionsResult', [
      ['Name', bucket],
      ['IsTruncated', isTruncated],
      ...next,
      ...page.map((listed) => versionNode(listed, isNewest(listed), spelled)),
    ]),
  );
}

function versionNode(listed: Listed, isLatest: boolean, spelled: (key: string) => string): XmlNode {
  const { key, versionId, lastModified, object } = listed;
  const common: XmlNode[] = [
    ['Key', spelled(key)],
    ['VersionId', versionId],
    ['IsLatest', isLatest],
    ['LastModified', timestamp(lastModified)],
  ];
  if (object === null) return ['DeleteMarker', common];
  const known: XmlNode[] = [
    ['ETag', `"${object.etag}"`],
    ['Size', object.size],
    ['StorageClass', storageClassOf(object)],
  ];
  return ['Version', [...common, ...known]];
}
