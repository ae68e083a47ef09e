/** What signs a request. Lives in memory only, and never leaves the main process. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When the session token ends; absent for long-lived key pairs, and where a token does not tell. */
  readonly expiration?: Date;
}

/** Where credentials come from, in words that may be stored: it names a source and holds no key. */
export type CredentialOrigin =
  | { readonly kind: 'account'; readonly name: string }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'environment' }
  | { readonly kind: 'instance' };

/** The one port through which every room gets credentials. */
export interface CredentialSource {
  readonly origin: CredentialOrigin;
  /**
   * The credentials as they are now; tokens are fetched afresh where they have ended.
   * @throws SandglassError no-credentials, credentials-expired, account-unknown, keychain-absent, keychain-locked
   */
  resolve(): Promise<Credentials>;
  /** What is held was refused: the next `resolve` fetches anew. */
  forget(): void;
}
