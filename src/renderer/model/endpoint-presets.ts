import type { AccountDraft, Provider } from '../../shared/board.ts';

/** What the form asks for a provider, besides the keys and the bucket. */
export type ProviderField = 'accountId' | 'region' | 'optionalRegion' | 'endpoint' | 'pathStyle';

/** What was typed. */
export interface ProviderAnswers {
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: string;
  readonly pathStyle: boolean;
}

export type Connection = Pick<AccountDraft, 'endpoint' | 'region' | 'pathStyle'>;

export const PROVIDER_FIELDS: Readonly<Record<Provider, readonly ProviderField[]>> = {
  aws: ['optionalRegion'],
  r2: ['accountId'],
  b2: ['region'],
  wasabi: ['region'],
  spaces: ['region'],
  custom: ['endpoint', 'optionalRegion', 'pathStyle'],
};

/** Regions to begin with; each provider's page of endpoints has them all. */
export const REGION_EXAMPLES: Readonly<Record<Provider, string>> = {
  aws: 'eu-central-1',
  r2: 'auto',
  b2: 'eu-central-003',
  wasabi: 'eu-central-1',
  spaces: 'fra1',
  custom: 'us-east-1',
};

/**
 * Where a provider's buckets are reached.
 * https://developers.cloudflare.com/r2/api/s3/api/
 * https://www.backblaze.com/docs/cloud-storage-s3-compatible-api
 * https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions
 * https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/
 */
export function connectionTo(provider: Provider, answers: ProviderAnswers): Connection {
  const region = answers.region.trim().toLowerCase();
  switch (provider) {
    case 'aws':
      return { endpoint: null, region: region || null, pathStyle: null };
    case 'r2':
      return {
        endpoint: `https://${r2HostOf(answers.accountId)}.r2.cloudflarestorage.com`,
        region: 'auto',
        pathStyle: null,
      };
    case 'b2':
      return { endpoint: `https://s3.${region}.backblazeb2.com`, region, pathStyle: null };
    case 'wasabi':
      return { endpoint: `https://s3.${region}.wasabisys.com`, region, pathStyle: null };
    case 'spaces':
      return { endpoint: `https://${region}.digitaloceanspaces.com`, region, pathStyle: null };
    case 'custom':
      return {
        endpoint: endpointOf(answers.endpoint),
        region: answers.region.trim() || null,
        pathStyle: answers.pathStyle,
      };
  }
}

/**
 * Cloudflare shows the whole endpoint beside the id, so either may have been pasted. A bucket that is kept in one
 * jurisdiction is reached through that alone, which stands behind the id.
 * https://developers.cloudflare.com/r2/reference/data-location/
 */
function r2HostOf(text: string): string {
  const [host = ''] = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split('/');
  const [id = '', jurisdiction] = host.replace(/\.r2\.cloudflarestorage\.com$/, '').split('.');
  return jurisdiction ? `${id}.${jurisdiction}` : id;
}

/** Typed without a scheme, this computer is meant over http, and all others over https. */
function endpointOf(text: string): string {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (/^https?:\/\//i.test(trimmed)) return trimmed;
  return /^(localhost|127\.|\[::1\])/i.test(trimmed) ? `http://${trimmed}` : `https://${trimmed}`;
}
