import { HttpMethod } from '../../api';

/** How much of a body a signature vouches for: all of it, some fields, a checksum that anyone can meet, or nothing. */
export type SchemeIntegrity = 'body' | 'fields' | 'checksum' | 'none';

/** What a receiver does for a signature scheme. */
export interface BoundScheme {
  /** Goes into the environment variable `SCHEME`, as JSON; it may have unresolved tokens. */
  readonly document: object;
  /** Whether deliveries that were signed long ago are refused; where not, nothing but the record of a delivery keeps a replay out. */
  readonly signsTime: boolean;
  /** `stored`: in a secret that the receiver reads; `certificate`: fetched from the sender, and there is no secret. */
  readonly keys: 'stored' | 'certificate';
  /** Methods of the route. */
  readonly httpMethods: readonly HttpMethod[];
  readonly integrity: SchemeIntegrity;
  /** What a person puts into a secret that is kept by hand, in words; of no use where `keys` is `certificate`. */
  readonly secretFormat: string;
}
