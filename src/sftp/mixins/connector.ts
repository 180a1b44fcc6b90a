import { Mixin, Token } from 'aws-cdk-lib';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { IConstruct } from 'constructs';
import { readSshPublicKey } from '../../formats/ssh-public-key';
import { amended, ConfigurationError, guardAgainstUndoing, Untold, valueAt } from '../../private';

/** AWS Transfer Family API Reference, "SftpConnectorConfig". */
const MOST_KEYS = 10;

/**
 * Has a connector agree with servers on algorithms that hold. Applies control `SFTP-CONNECTOR-POLICY`.
 *
 * Servers without a common algorithm can no longer be reached.
 *
 * @example
 * declare const connector: transfer.CfnConnector;
 * connector.with(new sftp.mixins.ConnectorSecurityPolicy());
 */
export class ConnectorSecurityPolicy extends Mixin {
  /** @param fips whether only algorithms of FIPS 140 may be agreed on */
  constructor(private readonly fips: boolean = false) {
    super();
  }

  public supports(construct: IConstruct): construct is transfer.CfnConnector {
    return isSftp(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const policy = `TransferSFTPConnectorSecurityPolicy-${this.fips ? 'FIPS-2024-10' : '2024-03'}`;
    construct.securityPolicyName = policy;
    guardAgainstUndoing(construct, {
      control: 'SFTP-CONNECTOR-POLICY',
      mixin: 'sftp.mixins.ConnectorSecurityPolicy',
      demand: `'SecurityPolicyName' must be ${policy}`,
      holds: ({ Properties }) => Properties?.SecurityPolicyName === policy,
    });
  }
}

/**
 * Has a connector know its server by keys that its owner gave by another way. Applies control `SFTP-CONNECTOR-HOST-KEYS`.
 *
 * Keys that the connector has are replaced.
 */
export class ConnectorHostKeys extends Mixin {
  /** @param keys 1 to 10 lines of type and key, RSA of 2048 bits or more or ECDSA; comments are left out */
  constructor(private readonly keys: string[]) {
    super();
  }

  public supports(construct: IConstruct): construct is transfer.CfnConnector {
    return isSftp(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const trustedHostKeys = this.bodies(construct);
    construct.sftpConfig = amended<transfer.CfnConnector.SftpConfigProperty>(
      construct.sftpConfig, (config) => ({ ...config, trustedHostKeys }), Untold.REPLACE,
    );
    guardAgainstUndoing(construct, {
      control: 'SFTP-CONNECTOR-HOST-KEYS',
      mixin: 'sftp.mixins.ConnectorHostKeys',
      demand: "'TrustedHostKeys' must be the keys that were given",
      holds: ({ Properties }) => JSON.stringify(valueAt(Properties, 'SftpConfig.TrustedHostKeys')) === JSON.stringify(trustedHostKeys),
    });
  }

  private bodies(connector: IConstruct): string[] {
    if (Token.isUnresolved(this.keys) || this.keys.length < 1 || this.keys.length > MOST_KEYS) {
      const got = Token.isUnresolved(this.keys) ? 'a list that deployment alone knows' : this.keys.length;
      throw new ConfigurationError(connector, `'keys' must be 1 to ${MOST_KEYS} keys, got ${got}; ask the partner for the public keys of the server`);
    }
    return this.keys.map((line, index) => {
      const key = readSshPublicKey(line, 'connector-host');
      if (!('problem' in key)) return key.body;
      throw new ConfigurationError(connector, `'keys[${index}]' must be an RSA key of 2048 bits or more, or an ECDSA key, got one that ${key.problem}; `
        + (key.remedy ?? 'ask the partner for the public keys of the server'));
    });
  }
}

/** AS2 connectors have no security policy and no keys of hosts. */
function isSftp(construct: IConstruct): construct is transfer.CfnConnector {
  return transfer.CfnConnector.isCfnConnector(construct) && (construct.as2Config === undefined || construct.sftpConfig !== undefined);
}
