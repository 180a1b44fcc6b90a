import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundStrategy } from './bound-strategy';
import { requireMatch } from '../../private';
import { BearerKeyRotationOptions } from '../bearer-key-rotation-options';
import { SftpPasswordOptions } from '../sftp-password-options';

/** As the handler splits an id (`runtime/api/bearer-key.ts`). */
const HOLDER = /^[0-9a-f]{10}$/;
const PREFIX = /^[a-z][a-z0-9]{1,15}$/;

/** AWS Transfer Family API Reference, "CreateUser", UserName. */
const USER_NAME = /^\w[\w@.-]{2,99}$/;

/** API Gateway makes them of lower-case letters and digits. */
const KEY_ID = /^[a-z0-9]{1,64}$/;

/** What hosts the rotation of a scoped bearer key. */
export function bearerKeyStrategy({ table, tableKey, macKey, holder, prefix, meteringKeyId }: BearerKeyRotationOptions): BoundStrategy {
  return {
    bundle: 'bearer-key',
    environment: (scope) => {
      requireMatch(scope, 'holder', holder, HOLDER, '10 lower-case hexadecimal digits', 'take some that stay the same through all rotations');
      requireMatch(scope, 'prefix', prefix, PREFIX, '2 to 16 lower-case letters and digits, a letter first', 'take for example the name of the API');
      requireMatch(scope, 'meteringKeyId', meteringKeyId, KEY_ID, 'the id of a key of API Gateway', 'take keyId of an apigateway.ApiKey');
      return { TABLE_NAME: table.tableName, HOLDER: holder, KEY_PREFIX: prefix, MAC_KEY_ARN: macKey.keyArn, PLAN_KEY_ID: meteringKeyId };
    },
    statements: (scope) => [rowsOf(table, holder), oneKeyOfApiGateway(scope, meteringKeyId)],
    grant: (role) => {
      tableKey.grant(role, 'kms:Decrypt');
      macKey.grant(role, 'kms:GenerateMac');
    },
    patterns: () => [],
  };
}

/** What hosts the rotation of the password of an SFTP user. */
export function sftpPasswordStrategy({ table, tableKey = table.encryptionKey, userName }: SftpPasswordOptions): BoundStrategy {
  return {
    bundle: 'sftp-password',
    environment: (scope) => {
      requireMatch(scope, 'userName', userName, USER_NAME, '3 to 100 letters, digits and _ . @ -, of which a letter, digit or _ is first',
        'AWS Transfer Family lets in no other');
      return { TABLE_NAME: table.tableName, USER_NAME: userName };
    },
    statements: () => [rowsOf(table, userName)],
    grant: (role) => { tableKey?.grant(role, 'kms:Decrypt'); },
    patterns: () => [],
  };
}

/**
 * What the function does in one partition of a table.
 *
 * `ForAllValues` alone would hold for a request that names no partition, and `ForAnyValue` for one that names others besides, so the former
 * stands beside `Null` (IAM User Guide, "Set operators for multivalued context keys").
 */
function rowsOf(table: dynamodb.ITable, holder: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    resources: [table.tableArn],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [holder] },
      'Null': { 'dynamodb:LeadingKeys': 'false' },
    },
  });
}

function oneKeyOfApiGateway(scope: Construct, id: string): iam.PolicyStatement {
  const { partition, region } = Stack.of(scope);
  return new iam.PolicyStatement({ actions: ['apigateway:GET'], resources: [`arn:${partition}:apigateway:${region}::/apikeys/${id}`] });
}
