import { connectionTo, type ProviderAnswers } from '../../../src/renderer/model/endpoint-presets.ts';
import type { Endpoint } from '../../../src/main/signing/location.ts';

/** An account's id at Cloudflare. */
export const ACCOUNT = '0123456789abcdef0123456789abcdef';
const ANSWERS: ProviderAnswers = { accountId: '', region: '', endpoint: '', pathStyle: true };
const own = (endpoint: string, region = '') => connectionTo('custom', { ...ANSWERS, endpoint, region });

/** Each store as its preset, or the form for a server of one's own, describes it. */
const STORES = {
  'Cloudflare R2': connectionTo('r2', { ...ANSWERS, accountId: ACCOUNT }),
  'Cloudflare R2 in the EU': connectionTo('r2', { ...ANSWERS, accountId: `${ACCOUNT}.eu` }),
  'Backblaze B2': connectionTo('b2', { ...ANSWERS, region: 'eu-central-003' }),
  Wasabi: connectionTo('wasabi', { ...ANSWERS, region: 'eu-central-1' }),
  'DigitalOcean Spaces': connectionTo('spaces', { ...ANSWERS, region: 'fra1' }),
  MinIO: own('http://127.0.0.1:9000'),
  'Ceph RGW': own('https://rgw.example.org'),
  'OpenStack Swift': own('https://swift.example.org', 'RegionOne'),
} as const;

export type Store = keyof typeof STORES;

/** Where a store is reached, as an account of it keeps it. */
export function endpointOf(store: Store): Endpoint {
  const { endpoint, region, pathStyle } = STORES[store];
  return {
    ...(endpoint === null ? {} : { url: endpoint }),
    ...(region === null ? {} : { region }),
    ...(pathStyle === null ? {} : { pathStyle }),
  };
}
