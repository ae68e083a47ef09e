import { createHash } from 'node:crypto';
import { SandglassError } from '../../shared/errors.ts';

/** A rule that Sandglass has set: what lies under the prefix is deleted after so many days. */
export interface OwnRule {
  readonly id: string;
  readonly prefix: string;
  /** Whole days after the upload, 1 or more; S3 counts on to the next midnight of UTC. */
  readonly days: number;
  /** Whole days after which the parts of an upload that never ended are dropped. */
  readonly abortDays: number;
  /** Whether versions that were replaced or deleted go as well, a day later. */
  readonly endsVersions: boolean;
}

/** What marks a rule as ours; every other rule belongs to somebody else. */
export const OWN_ID = /^sandglass-[0-9a-f]{16}$/;

/** The same prefix always has the same id, so that setting it again replaces the rule. */
export function ownId(prefix: string): string {
  return `sandglass-${createHash('sha256').update(prefix).digest('hex').slice(0, 16)}`;
}

/** One rule as the server wrote it, letter for letter, with the id that it names. */
export interface RuleText {
  readonly id: string;
  readonly text: string;
}

/**
 * The rules in a lifecycle document. They are kept as text and never taken apart: a rule may say what no client knows
 * yet, and what is read and written back must not lose it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html
 * @param count how many rules an XML parser sees in the document
 * @throws SandglassError refused where the rules cannot be told apart safely
 */
export function ruleTexts(document: string, count: number): RuleText[] {
  const texts = document.match(/<Rule(?:\s[^>]*)?>[\s\S]*?<\/Rule>/g) ?? [];
  if (texts.length !== count) {
    throw new SandglassError(
      'refused',
      'The bucket’s lifecycle rules are written in a way that Sandglass cannot keep.',
      {
        next: 'Nothing was changed. Set the rule in the provider’s console.',
      },
    );
  }
  return texts.map((text) => ({ text, id: /<ID>([^<]*)<\/ID>/.exec(text)?.[1] ?? '' }));
}

/** The whole document, the rules of others as they were. */
export function lifecycleDocument(others: readonly RuleText[], own: readonly string[]): string {
  const rules = [...others.map(({ text }) => text), ...own];
  return `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules.join('')}</LifecycleConfiguration>`;
}

/** Our rule as S3 wants it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
export function ownRuleText({ id, prefix, days, abortDays, endsVersions }: OwnRule): string {
  const versions =
    '<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>';
  return [
    `<Rule><ID>${id}</ID><Filter><Prefix>${escaped(prefix)}</Prefix></Filter><Status>Enabled</Status>`,
    `<Expiration><Days>${days}</Days></Expiration>`,
    endsVersions ? versions : '',
    `<AbortIncompleteMultipartUpload><DaysAfterInitiation>${abortDays}</DaysAfterInitiation></AbortIncompleteMultipartUpload>`,
    '</Rule>',
  ].join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']|\p{Cc}/gu, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}
