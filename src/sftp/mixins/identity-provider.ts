import { Duration, Mixin } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { IConstruct } from 'constructs';
import { amended, guardAgainstUndoing, requireSeconds, Untold, valueAt } from '../../private';

const KEY = 'PUBLIC_KEY';
const KEY_AND_PASSWORD = 'PUBLIC_KEY_AND_PASSWORD';

/** Providers that can be asked for a key, a password or both (AWS::Transfer::Server IdentityProviderDetails, SftpAuthenticationMethods). */
const CUSTOM: readonly unknown[] = ['AWS_LAMBDA', 'API_GATEWAY'];

/**
 * Lets nobody sign in by a password alone. Applies control `SFTP-IDENTITY`.
 *
 * A server whose provider is no function and no API is left as it is: users of the service have keys alone, and those of a directory
 * passwords alone, which only another provider changes. A server that asks for both already goes on doing so. The provider has to return the
 * public keys of a user where it is asked without a password.
 *
 * @example
 * declare const server: transfer.CfnServer;
 * server.with(new sftp.mixins.ServerAuthentication());
 */
export class ServerAuthentication extends Mixin {
  /** @param requirePassword whether users need a password besides their key */
  constructor(private readonly requirePassword: boolean = false) {
    super();
  }

  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct) && CUSTOM.includes(construct.identityProviderType);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.identityProviderDetails = amended<transfer.CfnServer.IdentityProviderDetailsProperty>(construct.identityProviderDetails, (details) => ({
      ...details,
      sftpAuthenticationMethods: this.requirePassword || details?.sftpAuthenticationMethods === KEY_AND_PASSWORD ? KEY_AND_PASSWORD : KEY,
    }), Untold.KEEP);
    guardAgainstUndoing(construct, {
      control: 'SFTP-IDENTITY',
      mixin: 'sftp.mixins.ServerAuthentication',
      demand: `'SftpAuthenticationMethods' must be ${this.requirePassword ? KEY_AND_PASSWORD : `${KEY} or ${KEY_AND_PASSWORD}`}`,
      holds: ({ Properties }) => {
        const methods = valueAt(Properties, 'IdentityProviderDetails.SftpAuthenticationMethods');
        return methods === KEY_AND_PASSWORD || (!this.requirePassword && methods === KEY);
      },
    });
  }
}

/**
 * Gives the function that decides who may sign in time to answer, and not more. Applies control `SFTP-IDP-TIMEOUT`.
 *
 * Apply it to that function alone: it changes whichever it is given.
 */
export class IdentityProviderTimeout extends Mixin {
  /** @param timeout from 5 to 15 seconds; clients wait no longer */
  constructor(private readonly timeout: Duration = Duration.seconds(10)) {
    super();
  }

  public supports(construct: IConstruct): construct is lambda.CfnFunction {
    return lambda.CfnFunction.isCfnFunction(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireSeconds(construct, 'timeout', this.timeout, 5, 15);
    const seconds = this.timeout.toSeconds();
    construct.timeout = seconds;
    guardAgainstUndoing(construct, {
      control: 'SFTP-IDP-TIMEOUT',
      mixin: 'sftp.mixins.IdentityProviderTimeout',
      demand: `'Timeout' must be ${seconds}`,
      holds: ({ Properties }) => Properties?.Timeout === seconds,
    });
  }
}
