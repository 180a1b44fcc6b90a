import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';

/** Where a scoped bearer key is stored, and whose it is. */
export interface BearerKeyRotationOptions {
  /**
   * Table of the authorizer that checks the keys, with the partition key `holder` and the sort key `credential`, both strings. The rotating
   * function reaches the rows of this holder alone.
   */
  readonly table: dynamodb.ITable;

  /** Key that encrypts the table. */
  readonly tableKey: kms.IKey;

  /**
   * Key of AWS KMS that makes the MAC which is stored in place of a key: spec `HMAC_256`, usage `GENERATE_VERIFY_MAC`. The rotating function
   * may make MACs and not verify any.
   */
  readonly macKey: kms.IKey;

  /** Whose keys they are: 10 lower-case hexadecimal digits, the same through all rotations and no other's in the table. */
  readonly holder: string;

  /** How each key begins, so that people and scanners recognize it: 2 to 16 lower-case letters and digits, a letter first. */
  readonly prefix: string;

  /**
   * Id of the holder's key of API Gateway, by which its usage plan meters; the function reads the value of this one key. It stays through
   * all rotations, so that a quota does not start anew.
   */
  readonly meteringKeyId: string;
}
