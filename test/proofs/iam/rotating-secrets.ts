import { App, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ProvedExample } from './examples';
import { rotating } from './rotations';
import { foundation, secrets, storage } from '../../../src';

const { RotationStrategy } = secrets;

/** A secret of each kind that needs nothing but this library: no example has them all. */
export const ROTATING_SECRETS: ProvedExample = {
  name: 'rotating-secrets',
  handlers: {
    'Secrets/Signing/Function': rotating('webhook-secret'),
    'Secrets/Key/Function': rotating('api-key'),
    'Secrets/Bearer/Function': rotating('bearer-key'),
    'Secrets/Password/Function': rotating('sftp-password'),
  },
  addTo(app: App): void {
    const stage = new Stage(app, 'Proof', { env: { account: '222222222222', region: 'eu-west-1' } });
    // Keys of another stack leave it to IAM who of their account uses them, so that the roles need the grants that they have.
    const home = new Stack(stage, 'Home');
    const stack = new Stack(stage, 'Secrets');
    const shared = new foundation.Foundation(home, 'Shared');
    const { table, encryptionKey: tableKey } = new storage.IntegrationTable(home, 'Credentials', {
      foundation: shared,
      partitionKey: { name: 'holder', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'credential', type: dynamodb.AttributeType.STRING },
    });
    const macKey = new kms.Key(home, 'Mac', { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC });
    const meteringKeyId = new apigateway.ApiKey(stack, 'Metering').keyId;
    const strategies: Record<string, secrets.RotationStrategy> = {
      Signing: RotationStrategy.webhookSecret(),
      Key: RotationStrategy.apiGatewayKey(new apigateway.UsagePlan(stack, 'Plan')),
      Bearer: RotationStrategy.bearerKey({ table, tableKey, macKey, holder: 'f00dfeed42', prefix: 'hubkey', meteringKeyId }),
      Password: RotationStrategy.sftpPassword({ table, userName: 'partner.edi' }),
    };
    for (const [id, strategy] of Object.entries(strategies)) new secrets.RotatingSecret(stack, id, { foundation: shared, strategy });
  },
};
