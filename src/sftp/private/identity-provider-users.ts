import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { AttachedServer, UsersContext } from './bound-users';
import { LoginAlarms } from './login-alarms';
import { RUNTIME_PREFIX } from './partner-register';
import { createCredentialTable } from './partner-tables';
import { PartnerUsers } from './partner-users';
import { requireIdentityProviderOptions, requireRuntimeNetworks } from './users-checks';
import { UsersFunction } from './users-function';
import { RotatingSecret, RotationStrategy } from '../../secrets';
import { IntegrationTable } from '../../storage';
import { PartnerOptions } from '../partner-options';
import { RuntimePartners } from '../runtime-partners';
import { IdentityProviderOptions } from '../users-options';

/** A login waits for the answer; AWS advises up to 15 seconds (AWS Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider"). */
const ANSWERING = Duration.seconds(10);

/** MiB. With one processor a password takes a second to try; with less of one, several (AWS Lambda Developer Guide, "Configure Lambda function memory"). */
const MEMORY = { keys: 512, passwords: 1769 };

/** Users whom the server asks a function for. */
export class IdentityProviderUsers extends PartnerUsers {
  public readonly identityProviderType = 'AWS_LAMBDA';
  public readonly details: transfer.CfnServer.IdentityProviderDetailsProperty;
  public readonly passwordRequired: boolean;

  private readonly provider: UsersFunction;
  private readonly asked: lambda.IFunction;
  private readonly credentials?: IntegrationTable;
  private readonly runtime?: RuntimePartners;

  constructor(context: UsersContext, options: IdentityProviderOptions) {
    super(context, options);
    requireIdentityProviderOptions(this, options);
    this.passwordRequired = options.requirePassword ?? false;
    this.runtime = options.runtimePartners;
    const authentication = this.passwordRequired ? 'PUBLIC_KEY_AND_PASSWORD' : 'PUBLIC_KEY';
    if (this.passwordRequired) this.credentials = createCredentialTable(this, context.foundation);

    this.provider = new UsersFunction(this, 'IdentityProvider', {
      foundation: context.foundation,
      bundle: 'identity-provider',
      description: 'Says which partner may log in to an SFTP server',
      environment: {
        PARTNERS_TABLE: this.partners.table.tableName,
        ACTIVITY_TABLE: this.activity.table.tableName,
        ...this.credentials && { CREDENTIALS_TABLE: this.credentials.table.tableName },
        AUTHENTICATION: authentication,
        ROLE_PREFIX: this.files.rolePrefix,
        LOCKOUT_FAILURES: String(options.lockoutFailures ?? 10),
        LOCKOUT_WINDOW_SECONDS: String((options.lockoutWindow ?? Duration.minutes(15)).toSeconds()),
        LOCKOUT_SECONDS: String((options.lockoutDuration ?? Duration.minutes(15)).toSeconds()),
        CACHE_SECONDS: String((options.recordCache ?? Duration.seconds(0)).toSeconds()),
      },
      memorySize: this.passwordRequired ? MEMORY.passwords : MEMORY.keys,
      timeout: ANSWERING,
      reservedConcurrentExecutions: options.reservedConcurrency ?? 20,
      neverDeferred: 'AWS Transfer Family alone invokes the function, and waits for the answer',
    });
    this.provider.allowTable(this.partners, 'GetItem');
    // Whoever is let in by a password has its failures forgotten.
    this.provider.allowTable(this.activity, 'GetItem', 'UpdateItem', ...this.credentials ? ['DeleteItem'] : []);
    if (this.credentials) this.provider.allowTable(this.credentials, 'Query');

    this.asked = this.warm(options.provisionedConcurrency);
    this.details = { function: this.asked.functionArn, sftpAuthenticationMethods: authentication };
  }

  public password(partner: Construct, name: string, options: PartnerOptions): RotatingSecret | undefined {
    if (!this.credentials) return super.password(partner, name, options);
    const rotateEvery = options.passwordRotateEvery ?? Duration.days(90);
    const overlap = options.passwordOverlap ?? usualOverlap(rotateEvery);
    const { table, encryptionKey: tableKey } = this.credentials;
    return new RotatingSecret(partner, 'Password', {
      foundation: this.context.foundation, strategy: RotationStrategy.sftpPassword({ table, tableKey, userName: name }), rotateEvery, overlap,
    });
  }

  /** The server asks for all that it has to know. */
  public user(): undefined {
    return undefined;
  }

  protected runtimeEnvironment(server: AttachedServer): Readonly<Record<string, string>> {
    if (!this.runtime) return {};
    const { access, networks } = this.runtime;
    requireRuntimeNetworks(this, networks);
    const directories = this.files.directories(this, access, RUNTIME_PREFIX);
    const role = this.files.role(this, 'RuntimeRole', server.serverId, 'Files of SFTP partners that were added at run time', directories);
    server.networks.allow(this, 'partners added at run time', networks);
    return { RUNTIME_ROLE_ARN: role.roleArn, ALLOWED_NETWORKS: JSON.stringify(networks), DIRECTORIES: JSON.stringify(directories) };
  }

  protected serve(server: AttachedServer): void {
    this.asked.addPermission('Server', {
      principal: new iam.ServicePrincipal('transfer.amazonaws.com'), sourceArn: server.serverArn, sourceAccount: Stack.of(this).account,
    });
    const alarms = new LoginAlarms(this, 'LoginAlarms', { foundation: this.context.foundation, name: this.context.scope.node.path, provider: this.provider });
    server.dashboard.addWidgets(...alarms.widgets());
  }

  private warm(instances?: number): lambda.IFunction {
    if (instances === undefined) return this.provider.function;
    return new lambda.Alias(this, 'Warm', {
      aliasName: 'warm', version: this.provider.function.currentVersion, provisionedConcurrentExecutions: instances,
    });
  }
}

/** Whatever only deployment knows is refused with the rest of the times. */
function usualOverlap(rotateEvery: Duration): Duration | undefined {
  if (rotateEvery.isUnresolved()) return undefined;
  return Duration.seconds(Math.floor(Math.min(Duration.days(30).toSeconds(), rotateEvery.toSeconds() / 3)));
}
