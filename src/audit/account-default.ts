import * as kms from 'aws-cdk-lib/aws-kms';
import { AccountDefaultName } from '../formats/account-defaults';

/** Options of `AccountDefault.functionScanning`. */
export interface FunctionScanningOptions {
  /**
   * Looks at the code of functions too, not at the packages in them alone; Amazon Inspector bills it apart. Findings quote pieces of it. Say false in
   * a Region that has no scans of code, where the deployment would fail.
   *
   * @default true
   */
  readonly code?: boolean;
}

/**
 * A setting of an account, or of one of its Regions, for which CloudFormation has no resource.
 *
 * It is read first, written only if it is off, and never turned off, also not when it is taken out of the template.
 */
export class AccountDefault {
  /**
   * Encrypts each EBS volume that is made from now on in the Region; volumes that there are stay as they are.
   *
   * A key of your own has to be one that whoever starts instances may use: people and roles of the account through Amazon EC2 are let by its
   * policy, as far as IAM lets them, but the service-linked role of Amazon EC2 Auto Scaling is not; its owner adds that role.
   *
   * @param key key of volumes whose maker names none; by default the one that is set, which is the key `aws/ebs` of AWS where nobody set another
   */
  public static diskEncryption(key?: kms.IKey): AccountDefault {
    return new AccountDefault(['disk-encryption'], key);
  }

  /** Keeps every bucket of the account, in every Region, from the public, whatever the bucket's own settings are. */
  public static publicAccessBlock(): AccountDefault {
    return new AccountDefault(['public-access-block']);
  }

  /**
   * Has Amazon Inspector look for known vulnerabilities in functions of the Region; the alert topic hears of those that are high or critical.
   *
   * Inspector scans no function that a customer-managed key encrypts, such as those of this library; `npm audit` and its like do where they are built.
   *
   * Leave it to the delegated administrator where an organization has one: what that enabled is on already, and is not written.
   */
  public static functionScanning(options: FunctionScanningOptions = {}): AccountDefault {
    return new AccountDefault(['function-scanning', ...options.code ?? true ? ['function-code-scanning' as const] : []]);
  }

  private constructor(private readonly names: readonly AccountDefaultName[], private readonly key?: kms.IKey) {}

  /** @internal */
  public _names(): readonly AccountDefaultName[] {
    return this.names;
  }

  /** @internal */
  public _diskKey(): kms.IKey | undefined {
    return this.key;
  }
}
