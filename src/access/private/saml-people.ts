import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { makeRole } from './make-role';
import { Held, People, RoleDemand } from './people';
import { samlTrust } from './trust-statements';
import { ConfigurationError, recordLimit } from '../../private';
import { SamlOptions } from '../workforce-options';

/** The endpoint that takes assertions for every Region (AWS IAM User Guide, "Configure SAML assertions for the authentication response"). */
const AUDIENCE = 'https://signin.aws.amazon.com/saml';

/** People whom a SAML provider vouches for. */
export class SamlPeople implements People {
  constructor(private readonly provider: iam.ISamlProvider, private readonly options: SamlOptions) {}

  public hold(scope: Construct, demand: RoleDemand): Held {
    const { audience = AUDIENCE, mfaTag, mfaTagValue } = this.options;
    if (mfaTag === undefined && mfaTagValue !== undefined) {
      throw new ConfigurationError(scope, `'mfaTag' must be given with 'mfaTagValue' '${mfaTagValue}', got nothing; name the tag that has the value`);
    }
    const principal = new iam.FederatedPrincipal(this.provider.samlProviderArn, {}, 'sts:AssumeRoleWithSAML');
    const tag = mfaTag === undefined ? undefined : { key: mfaTag, value: mfaTagValue ?? 'true' };
    const role = makeRole(scope, demand, samlTrust(principal, { audience, mfaTag: tag, namesSource: demand.namesSource ?? false }));
    recordLimit(role, 'ROLE-MFA', tag === undefined
      ? 'IAM cannot see whether people of the SAML provider gave a second factor: the policy of the provider alone asks for one.'
      : `IAM asks the SAML provider for the tag '${tag.key}', and cannot see how the provider makes sure of the second factor that it stands for.`);
    return { principal: role, role };
  }
}
