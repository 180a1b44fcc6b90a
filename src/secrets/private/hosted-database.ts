import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';

/** What a rotation needs to know of a database. */
export interface HostedDatabase {
  readonly target: secretsmanager.ISecretAttachmentTarget;
  readonly connections: ec2.Connections;
  readonly engineType?: string;
}

/**
 * Rotation by alternating users, by type of engine (AWS CloudFormation, "RotationSchedule HostedRotationLambda").
 *
 * Not Oracle, although there is a template: its function connects without TLS, whatever the secret says
 * (aws-samples/aws-secrets-manager-rotation-lambdas, SecretsManagerRDSOracleRotationMultiUser).
 */
const ROTATION_TYPES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(aurora|aurora-mysql|mysql)$/, 'MySQLMultiUser'],
  [/^(aurora-postgresql|postgres)$/, 'PostgreSQLMultiUser'],
  [/^mariadb$/, 'MariaDBMultiUser'],
  [/^sqlserver-/, 'SQLServerMultiUser'],
];

/** The template of AWS for a database; refuses an engine that none is for. */
export function rotationTypeOf(scope: Construct, { engineType }: HostedDatabase): string {
  const found = ROTATION_TYPES.find(([pattern]) => engineType !== undefined && pattern.test(engineType));
  if (found) return found[1];
  throw new ConfigurationError(scope, `'database' must have an engine of MySQL, MariaDB, PostgreSQL or SQL Server, got ${engineType ?? 'none'}; `
    + 'name the engine of an imported database, and rotate others by a function that connects by TLS');
}
