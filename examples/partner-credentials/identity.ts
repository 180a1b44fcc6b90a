import { RemovalPolicy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { foundation, secrets } from '../../src';

/** Properties of an `Identity`. */
export interface IdentityProps {
  readonly foundation: foundation.IFoundation;
  /** First label of the domain of the token endpoint, unique in the Region. */
  readonly domainPrefix: string;
}

/**
 * Who we are to services that take tokens of our user pool: one client, whose secret rotates. The pool serves machines alone; that users would
 * need a second factor holds should anybody ever add one.
 */
export class Identity extends Construct {
  /** `{ "clientId", "clientSecret" }`, in the version that works. */
  public readonly credentials: secrets.RotatingSecret;
  /** Where an access token is had for them. */
  public readonly tokenEndpoint: string;
  /** The scope by which the CRM lets us manage keys. */
  public readonly crmScope = 'crm/keys';

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);

    const pool = new cognito.UserPool(this, 'Pool', {
      deletionProtection: true,
      featurePlan: cognito.FeaturePlan.PLUS,
      mfa: cognito.Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireSymbols: true, requireUppercase: true },
      accountRecovery: cognito.AccountRecovery.NONE,
      removalPolicy: RemovalPolicy.RETAIN,
      selfSignUpEnabled: false,
      standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION,
    });
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: props.domainPrefix } });
    const keys = new cognito.ResourceServerScope({ scopeName: 'keys', scopeDescription: 'Make and revoke keys of the CRM' });
    const crm = pool.addResourceServer('Crm', { identifier: 'crm', scopes: [keys] });

    const client = pool.addClient('Client', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [cognito.OAuthScope.resourceServer(crm, keys)] },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      enableTokenRevocation: true,
    });
    // A client that says nothing lets users sign in (AWS::Cognito::UserPoolClient, ExplicitAuthFlows).
    (client.node.defaultChild as cognito.CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];

    this.tokenEndpoint = `${domain.baseUrl()}/oauth2/token`;
    this.credentials = new secrets.RotatingSecret(this, 'Credentials', {
      foundation: props.foundation,
      strategy: secrets.RotationStrategy.cognitoClientSecret(pool, client, { tokenEndpoint: this.tokenEndpoint }),
    });
  }
}
