import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ExternalSecretType } from './external-secret-type';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { requireMatch } from '../private';
import { acknowledgeExternalRotation } from './private/acknowledgements';
import { externalRotationRole, requireCredentialField, rotationMetadata } from './private/external-rotation';
import { grantReadOfKept, keepSecret } from './private/kept-secret';
import { watchRotation } from './private/rotation-watch';
import { requireInterval, rotationRules } from './private/times';

/** Properties of a `ManagedExternalSecret`. */
export interface ManagedExternalSecretProps {
  /** Who holds the secret, and of what kind it is. */
  readonly secretType: ExternalSecretType;

  /**
   * Metadata that the partner asks for, by key. They stand in the template, so none may be secret.
   *
   * @default - none but `adminSecretArn`, where `adminSecret` is given
   */
  readonly rotationMetadata?: { [key: string]: string };

  /**
   * The secret whose credential rotates this one, where the partner has it so; an imported one has its complete ARN. The ARN becomes the metadata `adminSecretArn`.
   *
   * @default - the secret rotates itself
   */
  readonly adminSecret?: secretsmanager.ISecret;

  /**
   * Fields of the placeholder, by name, in the form that the partner prescribes. They stand in the template, so none may be secret.
   *
   * @default - none
   */
  readonly placeholder?: { [field: string]: string };

  /**
   * The field of the placeholder that stands for the credential. It holds random text, which no partner takes.
   *
   * @default 'placeholder'
   */
  readonly credentialField?: string;

  /**
   * Time between two rotations, from 1 to 90 days. They take place between midnight and four o'clock, UTC; the first one that long after the
   * deployment.
   *
   * @default Duration.days(30)
   */
  readonly rotateEvery?: Duration;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;
}

/**
 * A credential at a third party that AWS Secrets Manager rotates with its partner: no function rotates it, and one watches that it is rotated.
 *
 * The deployment makes a placeholder. Put the credential within an hour, or the alarm `Fault` says that it is missing:
 * `aws secretsmanager put-secret-value --secret-id <ARN> --secret-string file:///dev/stdin`. For how long the previous credential works is the
 * partner's to say. The secret outlives the stack, and no other account can read it.
 *
 * @example
 * const crm = new secrets.ManagedExternalSecret(this, 'Crm', {
 *   secretType: secrets.ExternalSecretType.SALESFORCE_CLIENT_SECRET,
 *   rotationMetadata: { apiVersion: 'v65.0' },
 *   placeholder: { consumerKey: 'abc', baseUri: 'https://acme.my.salesforce.com', appId: '0x123', consumerId: '888' },
 *   credentialField: 'consumerSecret',
 * });
 */
export class ManagedExternalSecret extends Construct {
  /** The underlying secret, for whatever this construct does not cover. */
  public readonly secret: secretsmanager.ISecret;

  /** Key that encrypts the secret. */
  public readonly encryptionKey: kms.IKey;

  /** Role in which Secrets Manager rotates the secret. */
  public readonly rotationRole: iam.IRole;

  /** The function that looks each hour whether the secret is rotated. */
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: ManagedExternalSecretProps) {
    super(scope, id);

    const rotateEvery = props.rotateEvery ?? Duration.days(30);
    requireInterval(this, rotateEvery);
    requireMatch(this, 'secretType', props.secretType.name, /^[A-Za-z][A-Za-z0-9]{0,255}$/, 'letters and digits', 'spell it as the page of the partner does');
    const { credentialField = 'placeholder', placeholder = {} } = props;
    requireCredentialField(this, credentialField, placeholder);
    const metadata = rotationMetadata(this, props.rotationMetadata ?? {}, props.adminSecret);

    const foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = foundation.key(DataDomain.SECRETS);
    const secret = keepSecret(this, {
      encryptionKey: this.encryptionKey,
      description: `Rotated with its provider for ${this.node.path}`,
      initially: {
        secretStringTemplate: Stack.of(this).toJsonString(placeholder),
        generateStringKey: credentialField,
      },
    });
    (secret.node.defaultChild as secretsmanager.CfnSecret).type = props.secretType.name;
    this.secret = secret;

    const role = externalRotationRole(this, secret, this.encryptionKey, props.adminSecret);
    this.rotationRole = role;
    const schedule = new secretsmanager.CfnRotationSchedule(this, 'Rotation', {
      secretId: secret.secretArn,
      externalSecretRotationMetadata: metadata.length > 0 ? metadata : undefined,
      externalSecretRotationRoleArn: role.roleArn,
      rotationRules: rotationRules(rotateEvery),
      // There is nothing to rotate until somebody has put the credential.
      rotateImmediatelyOnUpdate: false,
    });
    // Secrets Manager tries the role when rotation is set up.
    schedule.node.addDependency(role, secret);

    this.function = watchRotation(this, { foundation, secret, rotateEvery, startsWithPlaceholder: true });
    acknowledgeExternalRotation(secret, role);
  }

  /** Lets `grantee`, of the secret's account, read each version of the secret. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return grantReadOfKept(this, this.secret, this.encryptionKey, grantee);
  }
}
