/** A credential that exists where it is used, as the provider lists it. */
export interface Issued {
  /** What the provider calls it; never its value. */
  readonly id: string;
  /** The version of the secret that it was made for. */
  readonly version: string;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
}

/** What became of a credential that was to go: `waiting` when its next stage is not due. */
export type Revocation = 'disabled' | 'deleted' | 'waiting';

/**
 * What differs between kinds of credential: issue, activate, probe, and much later revoke.
 *
 * Every method may be called again after a crash at any point, also by two invocations at once, and then has to reach the same end. None
 * puts a value into an error. All but `issue` are told the version that the credential is for, and refuse a value that is not of it.
 */
export interface Adapter<I extends Issued = Issued> {
  /** Makes the content of a version. Called again only as long as nothing is stored for it; what it gave before is then forgotten. */
  issue(version: string): Promise<string>;
  /** Makes the credential work where it is used, beside those that do already. */
  activate(version: string, content: string): Promise<void>;
  /** Resolves once the credential works, rejects if it does not within its patience. */
  probe(version: string, content: string): Promise<void>;
  /** All credentials that were made for this secret and still exist; none where the secret's own versions are all there is. */
  list(): Promise<readonly I[]>;
  /** Takes a credential one stage further out of use. */
  revoke(issued: I): Promise<Revocation>;
}
