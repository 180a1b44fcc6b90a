import { SignatureAlgorithm } from './signature-algorithm';
import { SignatureEncoding } from './signature-encoding';

/** A kind of signature that is accepted. */
export interface AcceptedSignature {
  /** How it is made. */
  readonly algorithm: SignatureAlgorithm;

  /** How it is written. */
  readonly encoding: SignatureEncoding;

  /**
   * What stands before it in its header, `sha256=` for example, or its name in a list of signatures, where it is required.
   *
   * @default - nothing stands before it
   */
  readonly label?: string;
}
