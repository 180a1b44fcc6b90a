import { App, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ProvedExample } from './examples';
import { rotating } from './rotations';
import { foundation, secrets, storage } from '../../../src';
import { CLIENT_ID } from '../../runtime/secrets/harness/fake-cognito';

const { RotationStrategy } = secrets;

/** A secret of each kind that needs nothing but this library: no example has them all. */
export const ROTATING_SECRETS: ProvedExample = {
  name: 'rotating-secrets',
  handlers: {
    'Secrets/Signing/Function': rotating('webhook-secret'),
    'Secrets/Key/Function': rotating('api-key'),
    'Secrets/Bearer/Function': rotating('bearer-key'),
    'Secrets/Password/Function': rotating('sftp-password'),
    'Secrets/Client/Function': rotating('cognito-client-secret'),
    'Secrets/KeyPair/Function': rotating('sftp-connector-key-pair'),
    'Secrets/ThirdParty/Function': rotating('third-party'),
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
      Client: RotationStrategy.cognitoClientSecret(
        cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_Partners1'),
        // The name is part of what the function proves by a hash, so it is that of the harness.
        cognito.UserPoolClient.fromUserPoolClientId(stack, 'AppClient', CLIENT_ID),
      ),
      KeyPair: RotationStrategy.sftpConnectorKeyPair({
        userName: 'hub.at.partner',
        connectorId: 'c-00000000000000aaa',
        probeConnectorId: 'c-00000000000000bbb',
        bus: events.EventBus.fromEventBusName(stack, 'Bus', 'bus-of-keys'),
      }),
      ThirdParty: RotationStrategy.thirdParty(lambda.Function.fromFunctionName(stack, 'Adapter', 'partner-adapter')),
    };
    for (const [id, strategy] of Object.entries(strategies)) new secrets.RotatingSecret(stack, id, { foundation: shared, strategy });
  },
};
