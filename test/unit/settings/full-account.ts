import type { Account } from '../../../src/main/settings/settings.ts';

/** An account in which every field holds something. */
export const FULL: Account = {
  keys: { in: 'profile', profile: 'work' },
  endpoint: 'http://127.0.0.1:9000',
  region: 'eu-west-1',
  pathStyle: true,
  bucket: 'films',
  prefix: 'inbox',
};
