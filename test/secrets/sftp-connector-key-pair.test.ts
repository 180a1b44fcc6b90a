import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { called, granted, rotating } from './elsewhere';
import { secrets } from '../../src';
import { EVENT_SOURCE } from '../../src/runtime/secrets/sftp-connector-key-pair';
import { parseSftpConnectorSettings } from '../../src/runtime/secrets/sftp-connector-settings';

const CONNECTOR = 'c-0123456789abcdef0';
const PROBE = 'c-0123456789abcdef1';

const optionsIn = (stack: Stack) => ({ userName: 'acme', connectorId: CONNECTOR, probeConnectorId: PROBE, bus: new events.EventBus(stack, 'Bus') });
const pairOf = (changes: Partial<secrets.SftpConnectorKeyPairOptions> = {}) =>
  rotating((stack) => secrets.RotationStrategy.sftpConnectorKeyPair({ ...optionsIn(stack), ...changes }));

test('the function starts with what it is told: by default, a key on P-256 that is offered for two weeks', () => {
  const { environment } = pairOf();
  expect(parseSftpConnectorSettings({ ...environment, EVENT_BUS_NAME: 'arn:aws:events:eu-west-1:111122223333:event-bus/b' } as Record<string, string>)).toEqual({
    userName: 'acme',
    connectorId: CONNECTOR,
    probeConnectorId: PROBE,
    keyType: 'ecdsa-p256',
    offerMilliseconds: 1_209_600_000,
    eventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/b',
  });
  expect(environment.EVENT_BUS_NAME).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Bus/), 'Arn'] });
});

test.each(Object.values(secrets.SftpKeyType))('the function knows keys of type %s', (keyType) => {
  const { environment } = pairOf({ keyType, offerFor: Duration.days(90) });
  expect(() => parseSftpConnectorSettings({ ...environment, EVENT_BUS_NAME: 'b' } as Record<string, string>)).not.toThrow();
});

test('the role may do what the function does with these connectors and this bus, by events of its own source, and nothing more', async () => {
  const { statements } = pairOf();
  expect(await called('sftp-connector-key-pair')).toEqual(['PutEvents', 'TestConnection']);
  expect([...granted(statements, 'events'), ...granted(statements, 'transfer')]).toEqual(['events:PutEvents', 'transfer:TestConnection']);
  const arn = (id: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:transfer:eu-west-1:111122223333:connector/${id}`]] });
  expect(statements.find(({ Action }) => Action === 'transfer:TestConnection')!.Resource).toEqual([arn(CONNECTOR), arn(PROBE)]);
  expect(statements.find(({ Action }) => Action === 'events:PutEvents')).toMatchObject({
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Bus/), 'Arn'] }, Condition: { 'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE }, 'Null': { 'events:source': 'false' } },
  });
});

test('takes connectors that only deployment knows', () => {
  const { environment } = rotating((stack) => {
    const [connectorId, probeConnectorId] = ['Connector', 'Probe'].map((id) => new CfnParameter(stack, id).valueAsString);
    return secrets.RotationStrategy.sftpConnectorKeyPair({ ...optionsIn(stack), connectorId, probeConnectorId });
  });
  expect(environment).toMatchObject({ CONNECTOR_ID: { Ref: 'Connector' }, PROBE_CONNECTOR_ID: { Ref: 'Probe' } });
});

test.each<[Partial<secrets.SftpConnectorKeyPairOptions>, string]>([
  [{ userName: '' }, "'userName' must have 1 to 100 characters, got 0; name the user at the partner's server"],
  [{ userName: 'a'.repeat(101) }, "'userName' must have 1 to 100 characters, got 101; name the user at the partner's server"],
  [{ connectorId: 'c-1' }, "'connectorId' must be 'c-' and 17 hexadecimal digits, got 'c-1'; take the id of a connector"],
  [{ probeConnectorId: 'c-1' }, "'probeConnectorId' must be 'c-' and 17 hexadecimal digits, got 'c-1'; take the id of a connector"],
  [{ probeConnectorId: CONNECTOR },
    `'probeConnectorId' must be another than 'connectorId', got '${CONNECTOR}'; a connector that reads AWSCURRENT tries no new key`],
  [{ offerFor: Duration.days(0) }, "'offerFor' must be between 1 and 90 days, got Duration.days(0); choose a whole number of days in that range"],
  [{ offerFor: Duration.days(91) }, "'offerFor' must be between 1 and 90 days, got Duration.days(91); choose a whole number of days in that range"],
  [{ offerFor: Duration.hours(36) }, "'offerFor' must be between 1 and 90 days, got Duration.hours(36); choose a whole number of days in that range"],
])('%j is refused', (changes, message) => {
  expect(() => pairOf(changes)).toThrow(`[Stack/Secret] ${message}`);
});
