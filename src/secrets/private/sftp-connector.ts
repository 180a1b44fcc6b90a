import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundStrategy } from './bound-strategy';
import { ConfigurationError } from '../../private';
import { SftpConnectorKeyPairOptions, SftpKeyType } from '../sftp-connector-key-pair-options';

/** AWS Transfer Family API Reference, "TestConnection". */
const CONNECTOR_ID = /^c-[0-9a-f]{17}$/;

/** Source of the events that the handler (`runtime/secrets/sftp-connector-key-pair.ts`) sends. */
const EVENT_SOURCE = 'cdk-secure-integrations.secrets';

/** The strategy for the key pair of a connector: the function tests two connections, and sends events of its own source to one bus. */
export function sftpConnectorStrategy(options: SftpConnectorKeyPairOptions): BoundStrategy {
  const { userName, connectorId, probeConnectorId, bus, keyType = SftpKeyType.ECDSA_P256, offerFor = Duration.days(14) } = options;
  return {
    bundle: 'sftp-connector-key-pair',
    environment: (scope) => {
      requireUserName(scope, userName);
      requireConnectors(scope, connectorId, probeConnectorId);
      return {
        SFTP_USER_NAME: userName,
        CONNECTOR_ID: connectorId,
        PROBE_CONNECTOR_ID: probeConnectorId,
        EVENT_BUS_NAME: bus.eventBusArn,
        KEY_TYPE: keyType,
        OFFER_SECONDS: String(offerSeconds(scope, offerFor)),
      };
    },
    statements: (scope) => [
      new iam.PolicyStatement({
        actions: ['transfer:TestConnection'],
        resources: [connectorId, probeConnectorId].map((id) => Stack.of(scope).formatArn({ service: 'transfer', resource: 'connector', resourceName: id })),
      }),
      new iam.PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        // One call may have events of several sources (Service Authorization Reference, Amazon EventBridge: `ArrayOfString`).
        conditions: { 'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE }, 'Null': { 'events:source': 'false' } },
      }),
    ],
    patterns: () => [],
  };
}

function requireUserName(scope: Construct, userName: string): void {
  if (!Token.isUnresolved(userName) && (userName.length < 1 || userName.length > 100)) {
    throw new ConfigurationError(scope, `'userName' must have 1 to 100 characters, got ${userName.length}; name the user at the partner's server`);
  }
}

function requireConnectors(scope: Construct, connectorId: string, probeConnectorId: string): void {
  for (const [prop, id] of Object.entries({ connectorId, probeConnectorId })) {
    if (!Token.isUnresolved(id) && !CONNECTOR_ID.test(id)) {
      throw new ConfigurationError(scope, `'${prop}' must be 'c-' and 17 hexadecimal digits, got '${id}'; take the id of a connector`);
    }
  }
  if (connectorId === probeConnectorId) {
    throw new ConfigurationError(scope, `'probeConnectorId' must be another than 'connectorId', got '${connectorId}'; a connector that reads AWSCURRENT tries no new key`);
  }
}

function offerSeconds(scope: Construct, offerFor: Duration): number {
  const days = offerFor.isUnresolved() ? NaN : offerFor.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > 90) {
    throw new ConfigurationError(scope, `'offerFor' must be between 1 and 90 days, got ${offerFor.toString()}; choose a whole number of days in that range`);
  }
  return offerFor.toSeconds();
}
