import type { TestProject } from 'vitest/node';
import { cephRgwIsInstalled, startCephRgw } from '../servers/ceph-rgw.ts';
// Declares what is provided here.
import '../servers/s3-servers.ts';

/**
 * Starts one Ceph RGW for all integration tests and ends it after them.
 * @throws Error where it is missing on CI, because nothing may be skipped there
 */
export default async function startServers(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!cephRgwIsInstalled()) {
    if (process.env['CI'] === 'true') {
      throw new Error(
        'Ceph RGW is not installed: apt-get install radosgw ceph-mon ceph-osd ceph-common, as CI must have it.',
      );
    }
    project.provide('rgw', null);
    return undefined;
  }
  const { stop, ...access } = await startCephRgw();
  project.provide('rgw', access);
  return stop;
}
