import type { CredentialOrigin, CredentialSource, Credentials } from './credentials.ts';

/** Tells of a source whether it holds a token that was fetched for it. */
class WatchedSource implements CredentialSource {
  readonly #source: CredentialSource;
  holdsToken = false;

  constructor(source: CredentialSource) {
    this.#source = source;
  }

  get origin(): CredentialOrigin {
    return this.#source.origin;
  }

  async resolve(): Promise<Credentials> {
    const credentials = await this.#source.resolve();
    this.holdsToken = credentials.sessionToken !== undefined && credentials.expiration !== undefined;
    return credentials;
  }

  forget(): void {
    this.holdsToken = false;
    this.#source.forget();
  }
}

/**
 * Keeps the source of an origin while it holds a token: a role that is assumed anew for every link would sign each
 * with another key, and none could be copied again. Keys that do not end are read anew each time, so that those that
 * changed in ~/.aws or in the keychain are seen at once.
 */
export class SourceShelf {
  readonly #make: (origin: CredentialOrigin) => CredentialSource;
  readonly #stampOf: (origin: CredentialOrigin) => string;
  readonly #held = new Map<string, { readonly source: WatchedSource; readonly stamp: string }>();

  /** @param stampOf names what an origin is read from, as it is now: where it changes, a token is fetched anew */
  constructor(
    make: (origin: CredentialOrigin) => CredentialSource,
    stampOf: (origin: CredentialOrigin) => string,
  ) {
    this.#make = make;
    this.#stampOf = stampOf;
  }

  sourceOf(origin: CredentialOrigin): CredentialSource {
    const place = JSON.stringify(origin);
    const stamp = this.#stampOf(origin);
    const held = this.#held.get(place);
    if (held?.source.holdsToken && held.stamp === stamp) return held.source;
    const source = new WatchedSource(this.#make(origin));
    this.#held.set(place, { source, stamp });
    return source;
  }
}
