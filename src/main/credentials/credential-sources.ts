import { fromEnv, fromHttp, fromIni, fromInstanceMetadata } from '@aws-sdk/credential-providers';
import type { Clock } from '../../shared/clock.ts';
import { SandglassError } from '../../shared/errors.ts';
import type { CredentialOrigin, CredentialSource, Credentials } from './credentials.ts';
import type { Vault } from './vault.ts';

type Provide = () => Promise<Credentials>;
type Environment = Readonly<Record<string, string | undefined>>;

/** A token with less than this many milliseconds to live is fetched again before it signs. */
const RENEW_BEFORE_MS = 60_000;

/** Holds what a provider gave until it nears its end. The same object comes back as long as nothing changed. */
class CachedSource implements CredentialSource {
  readonly origin: CredentialOrigin;
  readonly #provide: Provide;
  readonly #clock: Clock;
  #held: Credentials | null = null;

  constructor(origin: CredentialOrigin, provide: Provide, clock: Clock) {
    this.origin = origin;
    this.#provide = provide;
    this.#clock = clock;
  }

  async resolve(): Promise<Credentials> {
    if (this.#held && this.#millisecondsLeft(this.#held) > RENEW_BEFORE_MS) return this.#held;
    const fresh = await this.#provide();
    if (this.#millisecondsLeft(fresh) <= 0) {
      throw new SandglassError(
        'credentials-expired',
        `The credentials from ${describeOrigin(this.origin)} have ended.`,
        {
          next: 'Renew them (for single sign-on: aws sso login), then try again.',
        },
      );
    }
    this.#held = fresh;
    return fresh;
  }

  forget(): void {
    this.#held = null;
  }

  #millisecondsLeft({ expiration }: Credentials): number {
    return expiration ? expiration.getTime() - this.#clock.now() : Infinity;
  }
}

/** A key pair that Sandglass keeps for an account, read from the keychain. */
export function accountSource(name: string, vault: Vault, clock: Clock): CredentialSource {
  const provide = async () => {
    const pair = await vault.read(name);
    if (pair) return pair;
    throw new SandglassError('no-credentials', `The keychain holds no keys for the account “${name}”.`, {
      next: 'Enter them again.',
      command: `That is: sandglass accounts remove ${name}, then sandglass accounts add ${name}.`,
    });
  };
  return new CachedSource({ kind: 'account', name }, provide, clock);
}

/** A profile of ~/.aws: static keys, a role with a source profile, single sign-on, web identity or credential_process. */
export function profileSource(
  name: string,
  clock: Clock,
  origin: CredentialOrigin = { kind: 'profile', name },
): CredentialSource {
  return new CachedSource(
    origin,
    typed({ kind: 'profile', name }, fromIni({ profile: name, ignoreCache: true })),
    clock,
  );
}

/** AWS_ACCESS_KEY_ID and its companions. */
export function environmentSource(clock: Clock): CredentialSource {
  const origin = { kind: 'environment' } as const;
  return new CachedSource(origin, typed(origin, fromEnv()), clock);
}

/** The role of the EC2 instance or of the container that Sandglass runs in. */
export function instanceSource(env: Environment, clock: Clock): CredentialSource {
  const origin = { kind: 'instance' } as const;
  return new CachedSource(origin, typed(origin, machineProvider(env)), clock);
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
function machineProvider(env: Environment): Provide {
  // One second and no retry: on a laptop nobody answers these addresses, and a person is waiting.
  const init = { timeout: 1_000, maxRetries: 0 };
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] ?? env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
    return fromHttp(init);
  }
  if (env['AWS_EC2_METADATA_DISABLED'] === 'true') {
    return () => Promise.reject(new Error('AWS_EC2_METADATA_DISABLED is set.'));
  }
  return fromInstanceMetadata(init);
}

/** Where keys come from, in a person's words. */
export function describeOrigin(origin: CredentialOrigin): string {
  switch (origin.kind) {
    case 'account':
      return `the account “${origin.name}”`;
    case 'profile':
      return `the profile “${origin.name}”`;
    case 'environment':
      return 'the environment';
    case 'instance':
      return 'this machine’s role';
  }
}

/** The SDK's own messages are not passed on: a credential_process that fails puts its output into them. */
function typed(origin: CredentialOrigin, provider: () => Promise<Credentials>): Provide {
  return async () => {
    try {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider();
      return {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken ? { sessionToken } : {}),
        ...(expiration ? { expiration: new Date(expiration) } : {}),
      };
    } catch (error) {
      throw sourceFailure(origin, error);
    }
  };
}

function sourceFailure(origin: CredentialOrigin, error: unknown): SandglassError {
  const { message } = error as Error;
  if (/\bexpired\b/i.test(message)) {
    return new SandglassError(
      'credentials-expired',
      `The sign-in behind ${describeOrigin(origin)} has ended.`,
      {
        next:
          origin.kind === 'profile'
            ? `Sign in again: aws sso login --profile ${origin.name}.`
            : 'Renew the token.',
      },
    );
  }
  return new SandglassError(
    'no-credentials',
    `There are no usable credentials in ${describeOrigin(origin)}.`,
    {
      next: nextStep(origin),
    },
  );
}

function nextStep(origin: CredentialOrigin): string {
  if (origin.kind === 'profile') {
    return `Check the profile in ~/.aws: aws sts get-caller-identity --profile ${origin.name} should answer.`;
  }
  return 'Name a profile with --profile or an account with --account, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
}
