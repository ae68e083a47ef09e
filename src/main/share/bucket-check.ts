import { createHash, randomBytes } from 'node:crypto';
import type { CheckStepName } from '../../shared/board.ts';
import { asSandglassError, type SandglassError } from '../../shared/errors.ts';
import { BucketObject } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { PartSender } from '../upload/ports.ts';
import { accessTo, type BucketLocator, type Destination } from './destination.ts';
import type { LinkProbe } from './links.ts';
import { recipientHeaders } from './object-headers.ts';
import { SignedTarget } from './upload-target.ts';

/** One step of the round trip, and the right that it needs. */
export interface CheckStep {
  readonly name: CheckStepName;
  readonly permission: string;
  readonly failure: SandglassError | null;
}

export interface CheckPorts {
  readonly locator: BucketLocator;
  readonly clock: ServerClock;
  readonly sender: PartSender;
  readonly probe: LinkProbe;
}

const CONTENT = new TextEncoder().encode('Sandglass looks whether it can share from this bucket.\n');

/** Shares a few bytes and takes them away again, so that a missing right is known before a file is dropped. */
export class BucketCheck {
  readonly #ports: CheckPorts;

  constructor(ports: CheckPorts) {
    this.#ports = ports;
  }

  /**
   * Every step that sharing takes, in order, each tried even where one before it failed.
   * @throws SandglassError where the bucket cannot be reached at all
   */
  async run(destination: Destination, prefix = ''): Promise<CheckStep[]> {
    const { locator, clock } = this.#ports;
    const access = await accessTo(destination, locator, clock);
    const random = randomBytes(16).toString('base64url');
    const key = `${prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`}sandglass-check-${random}.txt`;
    const object = new BucketObject(() => access.client(), destination.bucket, key);
    const headers = { ...recipientHeaders('check.txt'), uploadMark: random };
    const target = new SignedTarget(access, {
      key,
      headers,
      neverOverwrite: false,
      ...{ unheard: false, since: 0, onUploadId: () => true, settling: () => Promise.resolve() },
    });
    let uploadId = '';
    return [
      await step('put', 's3:PutObject', () => this.#put(target)),
      await step('open-link', 's3:GetObject', async () => {
        const { url } = await access.link(key, { kind: 'seconds', seconds: 60 });
        await this.#ports.probe.size(url, destination.bucket);
      }),
      await step('delete', 's3:DeleteObject', async () => {
        await object.remove();
      }),
      await step('begin-multipart', 's3:PutObject', async () => {
        uploadId = await target.create();
      }),
      await step('abort-multipart', 's3:AbortMultipartUpload', () => target.abort(uploadId)),
    ];
  }

  async #put(target: SignedTarget): Promise<void> {
    const md5 = createHash('md5').update(CONTENT).digest('base64');
    const request = await target.signPut({ size: CONTENT.length, md5 });
    await this.#ports.sender.put(request, [CONTENT], new AbortController().signal);
  }
}

async function step(name: CheckStepName, permission: string, work: () => Promise<void>): Promise<CheckStep> {
  try {
    await work();
    return { name, permission, failure: null };
  } catch (error) {
    return { name, permission, failure: asSandglassError(error) };
  }
}
