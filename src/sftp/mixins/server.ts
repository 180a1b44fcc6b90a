import { Mixin, RemovalPolicy } from 'aws-cdk-lib';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, requireMatch } from '../../private';

/** Policies with a key exchange that withstands a quantum computer (AWS Transfer Family User Guide, "Security policies for AWS Transfer Family servers"). */
const CURRENT: readonly unknown[] = [
  'TransferSecurityPolicy-2025-03', 'TransferSecurityPolicy-FIPS-2025-03', 'TransferSecurityPolicy-AS2Restricted-2025-07',
];

/**
 * Has a server agree with clients on algorithms that will hold. Applies control `SFTP-SECURITY-POLICY`.
 *
 * A current policy that is stated already stays, unless FIPS is asked for. Clients without a common algorithm can no longer connect: look for
 * what they agree on now in the `kex` and `ciphers` of the `CONNECTED` entries of the log.
 *
 * @example
 * declare const server: transfer.CfnServer;
 * server.with(new sftp.mixins.ServerSecurityPolicy());
 */
export class ServerSecurityPolicy extends Mixin {
  /** @param fips whether the policy is the one of FIPS, which takes no keys of type Ed25519 */
  constructor(private readonly fips: boolean = false) {
    super();
  }

  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const stated = !this.fips && CURRENT.includes(construct.securityPolicyName) ? construct.securityPolicyName : undefined;
    const policy = stated ?? (this.fips ? 'TransferSecurityPolicy-FIPS-2025-03' : 'TransferSecurityPolicy-2025-03');
    construct.securityPolicyName = policy;
    guardAgainstUndoing(construct, {
      control: 'SFTP-SECURITY-POLICY',
      mixin: 'sftp.mixins.ServerSecurityPolicy',
      demand: `'SecurityPolicyName' must be ${policy}`,
      holds: ({ Properties }) => Properties?.SecurityPolicyName === policy,
    });
  }
}

/** Has a server speak SFTP and nothing else, so that partners can no longer connect by FTP or FTPS. Applies control `SFTP-PROTOCOL`. */
export class ServerProtocol extends Mixin {
  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.protocols = ['SFTP'];
    guardAgainstUndoing(construct, {
      control: 'SFTP-PROTOCOL',
      mixin: 'sftp.mixins.ServerProtocol',
      demand: "'Protocols' must be SFTP alone",
      holds: ({ Properties }) => JSON.stringify(Properties?.Protocols) === '["SFTP"]',
    });
  }
}

/** Shows a notice before anybody signs in. Applies control `SFTP-BANNER`. */
export class ServerBanner extends Mixin {
  /** @param notice who may use the server, and that its use is recorded: up to 4096 printable characters of ASCII */
  constructor(private readonly notice: string) {
    super();
  }

  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    // AWS Transfer Family API Reference, CreateServer, PreAuthenticationLoginBanner.
    requireMatch(construct, 'notice', this.notice, /^(?=[^]*\S)[\x09-\x0d\x20-\x7e]{1,4096}$/, 'up to 4096 printable characters of ASCII', 'write who may use the server');
    construct.preAuthenticationLoginBanner = this.notice;
    guardAgainstUndoing(construct, {
      control: 'SFTP-BANNER',
      mixin: 'sftp.mixins.ServerBanner',
      demand: "'PreAuthenticationLoginBanner' must be the notice",
      holds: ({ Properties }) => Properties?.PreAuthenticationLoginBanner === this.notice,
    });
  }
}

/** Keeps a server when the stack drops or replaces it: its address and host keys go with it. Applies control `SFTP-RETAIN`. A server that is kept is billed. */
export class ServerRetain extends Mixin {
  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.applyRemovalPolicy(RemovalPolicy.RETAIN);
    guardAgainstUndoing(construct, {
      control: 'SFTP-RETAIN',
      mixin: 'sftp.mixins.ServerRetain',
      demand: "'DeletionPolicy' and 'UpdateReplacePolicy' must be Retain",
      holds: ({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    });
  }
}

/** States that a server serves Amazon S3, as one does that states nothing. Applies control `SFTP-DOMAIN`. A domain that is stated already stays. */
export class ServerDomain extends Mixin {
  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.domain ??= 'S3';
    guardAgainstUndoing(construct, {
      control: 'SFTP-DOMAIN',
      mixin: 'sftp.mixins.ServerDomain',
      demand: "'Domain' must be S3 or EFS",
      holds: ({ Properties }) => Properties?.Domain === 'S3' || Properties?.Domain === 'EFS',
    });
  }
}
