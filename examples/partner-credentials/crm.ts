import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Identity } from './identity';
import { core, foundation, secrets } from '../../src';
import { TeamFunction } from '../shared/team-function';

/** Properties of a `CrmAccess`. */
export interface CrmAccessProps {
  readonly foundation: foundation.IFoundation;
  /** Who we are to the CRM, which lets us manage our keys. */
  readonly identity: Identity;
  /** Origin of the CRM. */
  readonly url: string;
}

/** A key of a CRM that no library knows: a function of the team makes, tries and revokes it there, when the rotation asks it to. */
export class CrmAccess extends Construct {
  /** `{ "credential": { "key" }, "id" }`, in the version that works. */
  public readonly key: secrets.RotatingSecret;

  constructor(scope: Construct, id: string, props: CrmAccessProps) {
    super(scope, id);
    const { credentials, crmScope, tokenEndpoint } = props.identity;

    const adapter = new TeamFunction(this, 'Adapter', {
      foundation: props.foundation,
      bundle: join(__dirname, 'assets', 'crm-keys'),
      description: 'Makes, tries and revokes keys of the CRM',
      environment: { CRM_SCOPE: crmScope, CRM_URL: props.url, SECRET_ARN: credentials.secret.secretArn, TOKEN_ENDPOINT: tokenEndpoint },
      timeout: Duration.seconds(30),
    });
    // Less than grantRead: it never describes the secret.
    adapter.role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'], resources: [credentials.secret.secretArn],
    }));
    credentials.encryptionKey.grant(adapter.role, 'kms:Decrypt');

    // The policy cannot see that the function of the library alone invokes it, and waits for the answer.
    core.Waiver.because('the rotation waits for each answer; events have values of keys, which no queue may get', {
      owner: 'payments', expires: '2027-06-30',
    }).applyTo(adapter.function, 'LAMBDA-DLQ', 'NoDestination');

    this.key = new secrets.RotatingSecret(this, 'Key', {
      foundation: props.foundation,
      strategy: secrets.RotationStrategy.thirdParty(adapter.function),
      rotateEvery: Duration.days(14),
    });
    // The first key is made with the credentials that their own first rotation puts.
    this.key.node.findChild('Rotation').node.addDependency(credentials.node.findChild('Rotation'));
  }
}
