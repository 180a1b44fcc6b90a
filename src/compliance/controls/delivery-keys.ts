import { Control, ControlMixin } from '../control';

const MIXIN: ControlMixin = { impossible: 'the statements stand in the policy of the key; foundation.ServiceKeyGrants writes them' };

const DEPLOYMENT = {
  DeploymentDenied: 'The policy of the key lets nobody of the account have the service use it.',
  UntoldDeployment: 'The template does not tell whether the policy of the key lets the resource be deployed with it.',
  UntoldKey: 'The template does not hold the policy of the key.',
};

const USERS = {
  'UntoldUser::': 'The template does not tell whether the named role may use the key.',
  'UserDenied::': 'The named role may use the resource and may not use its key.',
};

/** Controls of keys that a service uses on behalf of whoever calls it: that who may use a resource may use its key. */
export const DELIVERY_KEY_CONTROLS: readonly Control[] = [
  {
    id: 'DELIVERY-FUNCTION-KEY',
    title: 'A function can be deployed with the key of its environment, and decrypt it',
    rationale: 'Lambda decrypts the environment by a grant that it makes of the deployer\'s rights; without it, or against a Deny, the function does not start.',
    remedy: 'Let the account, through lambda.<region>.amazonaws.com as kms:ViaService, call kms:Encrypt, kms:Decrypt and kms:CreateGrant in the key policy, and deny the function\'s role nothing of it.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::Lambda::Function'],
    findings: { ...DEPLOYMENT, ...USERS },
    requirements: [],
    source: 'AWS Lambda Developer Guide, Securing Lambda environment variables',
    mixin: MIXIN,
  },
  {
    id: 'DELIVERY-SECRET-KEY',
    title: 'Who may read or write a secret may use its key',
    rationale: 'AWS Secrets Manager uses the key in the name of its caller; a role that may read the secret but not use the key is refused on its first call.',
    remedy: 'Let the account, through secretsmanager.<region>.amazonaws.com as kms:ViaService, call kms:Decrypt and kms:GenerateDataKey* in the key policy, and grant kms:Decrypt, to writers kms:GenerateDataKey too, to each role.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::SecretsManager::Secret'],
    findings: { ...DEPLOYMENT, ...USERS },
    requirements: [],
    source: 'AWS Secrets Manager User Guide, Secret encryption and decryption in AWS Secrets Manager',
    mixin: MIXIN,
  },
  {
    id: 'DELIVERY-TABLE-KEY',
    title: 'Who may use a table may use its key',
    rationale: 'DynamoDB uses the key in the name of its caller; a role that may use the table but not the key is refused as soon as no cached table key is left.',
    remedy: 'Let the account, through dynamodb.<region>.amazonaws.com as kms:ViaService, call kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey and kms:CreateGrant in the key policy, and grant kms:Decrypt to each role.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'],
    findings: { ...DEPLOYMENT, ...USERS },
    requirements: [],
    source: 'Amazon DynamoDB Developer Guide, DynamoDB encryption at rest usage notes',
    mixin: MIXIN,
  },
];
