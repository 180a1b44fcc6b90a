import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';

/** Where the password of an SFTP user is stored, and whose it is. */
export interface SftpPasswordOptions {
  /**
   * Table of the identity provider that checks the passwords, with the partition key `holder` and the sort key `credential`, both strings. The
   * rotating function reaches the rows of this user alone.
   */
  readonly table: dynamodb.ITable;

  /**
   * Key that encrypts the table.
   *
   * @default - the key that the table names, if it names one
   */
  readonly tableKey?: kms.IKey;

  /** Name of the user at AWS Transfer Family: 3 to 100 letters, digits and `_`, `.`, `@`, `-`, a letter, digit or `_` first. */
  readonly userName: string;
}
