import { expect, it } from 'vitest';
import { assertReachableAccount } from '../../../src/main/share/account-place.ts';

const account = (region?: string) =>
  ({ keys: { in: 'keychain' }, ...(region !== undefined && { region }) }) as const;

it.each([undefined, 'eu-central-1', 'auto', 'us-east-1', 'ceph', 'NL', 'default_zone.1'])(
  'an account may lie in the region %s',
  (region) => {
    expect(() => {
      assertReachableAccount(account(region));
    }).not.toThrow();
  },
);

it.each(['\ud800', 'eu central', 'eu/central', 'eu\n', '../x', '-x', 'é', 'x'.repeat(65)])(
  'no account lies in the region %j: it would bend host names',
  (region) => {
    expect(() => {
      assertReachableAccount(account(region));
    }).toThrow(expect.objectContaining({ code: 'bad-usage' }));
  },
);
