import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { administeredKeyPolicy } from '../../private';

/**
 * A key that makes and verifies MACs (HMAC-SHA-256, RFC 2104) and never leaves AWS KMS.
 *
 * The account administers it and cannot use it; whoever is granted an action is named in the key policy, for that one action. AWS KMS does
 * not rotate such a key (AWS KMS Developer Guide, "Rotate AWS KMS keys"); what it signed would not verify with another.
 */
export class MacKey extends kms.Key {
  constructor(scope: Construct, id: string, description: string) {
    super(scope, id, {
      description,
      keySpec: kms.KeySpec.HMAC_256,
      keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
      policy: administeredKeyPolicy(),
    });
    this.addAlias(`alias/${Names.uniqueResourceName(this, { separator: '-', maxLength: 200 })}`);
  }

  /** Grants as described at the class. */
  public get grants(): kms.KeyGrants {
    const grants = kms.KeyGrants.fromKey(this, false);
    grants.actions = (grantee, ...actions) => this.allow(grantee, actions);
    return grants;
  }

  private allow(grantee: iam.IGrantable, actions: readonly string[]): iam.Grant {
    return iam.Grant.addToPrincipalAndResource({
      grantee, actions: [...actions], resourceArns: [this.keyArn], resource: this, resourceSelfArns: ['*'],
    });
  }
}
