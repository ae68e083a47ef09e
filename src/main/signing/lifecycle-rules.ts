import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  type PutBucketLifecycleConfigurationCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DeserializeMiddleware, BuildMiddleware } from '@smithy/types';
import { SandglassError } from '../../shared/errors.ts';
import {
  lifecycleDocument,
  OWN_ID,
  ownId,
  ownRuleText,
  ruleTexts,
  type OwnRule,
  type RuleText,
} from './lifecycle-document.ts';
import { sdkFailure, sdkRefusal } from './sdk-failure.ts';
import { signedRequest, type AskClient } from './signed-request.ts';

/** What a bucket's lifecycle is, as far as it concerns Sandglass. */
export interface Lifecycle {
  readonly own: readonly OwnRule[];
  /** How many rules belong to somebody else; they are kept, letter for letter. */
  readonly others: number;
}

/** What setting a rule would change, to be shown before. */
export interface LifecyclePreview {
  readonly wanted: OwnRule;
  /** The rule for this prefix that is there already. */
  readonly inPlace: OwnRule | null;
  readonly others: number;
}

export interface LifecycleChange extends Lifecycle {
  /** False where the server still tells the old rules: settings of buckets may take minutes to show. */
  readonly isConfirmed: boolean;
}

interface Known {
  readonly own: readonly OwnRule[];
  readonly ownTexts: readonly RuleText[];
  readonly others: readonly RuleText[];
  readonly minimumSize: PutBucketLifecycleConfigurationCommandInput['TransitionDefaultMinimumObjectSize'];
}

/** Parts of an upload that was never ended are dropped after so many days: as long as any link to it could live. */
const ABORT_DAYS = 7;

/**
 * The lifecycle rules that Sandglass sets on its own prefixes: the safety net for “when it ends, it is gone”, which
 * works while no Sandglass runs. S3 replaces all rules of a bucket at once and knows no condition for it, so rules are
 * read, ours is put among them, and they are read again; whoever else changes them within that second may be
 * overwritten, or overwrite.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export class LifecycleRules {
  readonly #client: AskClient;
  readonly #bucket: string;

  constructor(client: AskClient, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** @throws SandglassError access-denied (s3:GetLifecycleConfiguration), refused, unreachable */
  async show(): Promise<Lifecycle> {
    const { own, others } = await this.#read();
    return { own, others: others.length };
  }

  /**
   * What `put` would do; changes nothing.
   * @param days whole days after the upload, 1 or more
   * @throws SandglassError bad-usage for the whole bucket, or for no whole days; and what `show` throws
   */
  async preview(prefix: string, days: number): Promise<LifecyclePreview> {
    assertOwnPrefix(prefix, days);
    const [{ own, others }, endsVersions] = [await this.#read(), await this.#keepsVersions()];
    const wanted = { id: ownId(prefix), prefix, days, abortDays: ABORT_DAYS, endsVersions };
    return { wanted, inPlace: own.find(({ id }) => id === wanted.id) ?? null, others: others.length };
  }

  /** Sets the rule that was shown. @throws SandglassError access-denied (s3:PutLifecycleConfiguration), refused */
  async put(wanted: OwnRule): Promise<LifecycleChange> {
    assertOwnPrefix(wanted.prefix, wanted.days);
    const before = await this.#read();
    const kept = before.ownTexts.filter(({ id }) => id !== wanted.id).map((rule) => rule.text);
    return this.#replace(before, [...kept, ownRuleText(wanted)], [wanted.id]);
  }

  /** Takes our rule for this prefix away again, or all of ours; others' rules stay as they are. */
  async remove(prefix?: string): Promise<LifecycleChange> {
    const before = await this.#read();
    const kept = before.ownTexts.filter(({ id }) => prefix !== undefined && id !== ownId(prefix));
    if (kept.length === before.ownTexts.length)
      return { ...before, others: before.others.length, isConfirmed: true };
    return this.#replace(
      before,
      kept.map((rule) => rule.text),
      [],
    );
  }

  async #replace(before: Known, own: readonly string[], wanted: readonly string[]): Promise<LifecycleChange> {
    const { others, minimumSize } = before;
    if (others.length + own.length === 0) {
      const command = new DeleteBucketLifecycleCommand({ Bucket: this.#bucket });
      await this.#ask('set the lifecycle of', (client) => client.send(command));
    } else await this.#put(lifecycleDocument(others, own), minimumSize);
    const after = await this.#read();
    const isConfirmed =
      sameTexts(after.others, others) &&
      after.own.length === own.length &&
      wanted.every((id) => after.own.some((rule) => rule.id === id));
    return { own: after.own, others: after.others.length, isConfirmed };
  }

  async #read(): Promise<Known> {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: this.#bucket });
    let document = '';
    command.middlewareStack.addRelativeTo(
      listening((heard) => {
        document = heard;
      }),
      { relation: 'after', toMiddleware: 'deserializerMiddleware', name: 'keepLifecycleDocument' },
    );
    const client = await this.#client();
    try {
      const answer = await client.send(command);
      const rules = answer.Rules ?? [];
      const texts = ruleTexts(document, rules.length);
      return {
        own: rules.flatMap((rule) => ownRule(rule) ?? []),
        ownTexts: texts.filter(({ id }) => OWN_ID.test(id)),
        others: texts.filter(({ id }) => !OWN_ID.test(id)),
        minimumSize: answer.TransitionDefaultMinimumObjectSize,
      };
    } catch (error) {
      if (sdkRefusal(error)?.code === 'NoSuchLifecycleConfiguration')
        return { own: [], ownTexts: [], others: [], minimumSize: undefined };
      throw sdkFailure(error, { doing: 'read the lifecycle of', bucket: this.#bucket });
    }
  }

  async #put(document: string, minimumSize: Known['minimumSize']): Promise<void> {
    const command = new PutBucketLifecycleConfigurationCommand({
      Bucket: this.#bucket,
      // Replaced below by the document itself; the SDK would leave out what it does not know.
      LifecycleConfiguration: { Rules: [] },
      ...(minimumSize === undefined ? {} : { TransitionDefaultMinimumObjectSize: minimumSize }),
    });
    command.middlewareStack.add(sending(document), {
      step: 'build',
      priority: 'low',
      name: 'sendLifecycleDocument',
    });
    await this.#ask('set the lifecycle of', (client) => client.send(command));
  }

  /** Keys that may not ask are taken to be of a bucket that keeps none. */
  async #keepsVersions(): Promise<boolean> {
    const client = await this.#client();
    try {
      const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: this.#bucket }));
      return Status !== undefined;
    } catch {
      return false;
    }
  }

  async #ask(doing: string, send: (client: S3Client) => Promise<unknown>): Promise<void> {
    await signedRequest(this.#client, { doing, bucket: this.#bucket }, send);
  }
}

function assertOwnPrefix(prefix: string, days: number): void {
  if (prefix === '') {
    throw new SandglassError('bad-usage', 'A rule for the whole bucket would delete everything in it.', {
      next: 'Name the prefix that Sandglass uploads to.',
    });
  }
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) return;
  throw new SandglassError('bad-usage', 'Lifecycle rules count whole days, 1 at the least.', {
    next: 'Ask for 8 days, say: a link lives 7 at the most.',
  });
}

function ownRule(rule: LifecycleRule): OwnRule | null {
  const { ID = '', Filter, Expiration, AbortIncompleteMultipartUpload } = rule;
  if (!OWN_ID.test(ID)) return null;
  return {
    id: ID,
    prefix: Filter?.Prefix ?? '',
    days: Expiration?.Days ?? 0,
    abortDays: AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? 0,
    endsVersions: rule.NoncurrentVersionExpiration !== undefined,
  };
}

function sameTexts(these: readonly RuleText[], those: readonly RuleText[]): boolean {
  const sorted = (rules: readonly RuleText[]) => rules.map((rule) => rule.text).sort();
  return JSON.stringify(sorted(these)) === JSON.stringify(sorted(those));
}

/** Hears the document of an answer before the SDK takes it apart. */
function listening<Input extends object, Output extends object>(
  hear: (document: string) => void,
): DeserializeMiddleware<Input, Output> {
  return (next) => async (args) => {
    const result = await next(args);
    const response = result.response as { statusCode: number; body: NodeJS.ReadableStream | Uint8Array };
    if (response.statusCode >= 300 || response.body instanceof Uint8Array) return result;
    const document = await text(response.body);
    hear(document);
    response.body = new TextEncoder().encode(document);
    return result;
  };
}

/** Sends a document in place of the SDK's own. Content-MD5, because it is the one checksum that every store takes. */
function sending<Input extends object, Output extends object>(
  document: string,
): BuildMiddleware<Input, Output> {
  return (next) => (args) => {
    const request = args.request as { body: unknown; headers: Record<string, string> };
    const others = Object.entries(request.headers).filter(([name]) => !/^x-amz-(sdk-)?checksum-/i.test(name));
    request.body = document;
    request.headers = {
      ...Object.fromEntries(others),
      'content-length': String(Buffer.byteLength(document)),
      'content-md5': createHash('md5').update(document).digest('base64'),
    };
    return next(args);
  };
}
