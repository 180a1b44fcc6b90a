import { CfnParameter, Duration, Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import { BY_HAND, connecting, ECDSA, rotatingKeyPair } from './connector-scene';
import { ecdsaLine, ed25519Line, rsaLine } from './ssh-keys';
import { secrets, sftp, storage } from '../../src';
import { acknowledgementsOn } from '../../src/private';
import { judgedBy, NAG_PACKS } from '../nag-packs';

const keptByHand = (options?: sftp.HandKeptCredentialOptions) => sftp.ConnectorCredentials.keptByHand(BY_HAND, options);
const CONNECTOR = 'AWS::Transfer::Connector';

describe('by default', () => {
  const { stack, connector, template: made } = connecting();
  const template = made();
  const id = { 'Fn::GetAtt': [stack.getLogicalId(connector.node.findChild('Resource') as never), 'ConnectorId'] };

  test('a connector trusts the pinned key, agrees on the strict algorithms and reads one secret', () => {
    template.hasResourceProperties(CONNECTOR, {
      Url: 'sftp://sftp.acme.example',
      SecurityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2024-03',
      LoggingRole: Match.anyValue(),
      SftpConfig: { TrustedHostKeys: [ECDSA], MaxConcurrentConnections: 1, OrderedUserSecretVersionStages: ['AWSCURRENT', 'AWSPREVIOUS'], UserSecretId: Match.anyValue() },
    });
  });

  test('a second connector, which may use no file, tries what is pending', () => {
    template.resourceCountIs(CONNECTOR, 2);
    template.hasResourceProperties(CONNECTOR, { SftpConfig: { OrderedUserSecretVersionStages: ['AWSPENDING'] } });
    const policies = template.findResources('AWS::IAM::Policy', { Properties: { PolicyName: Match.stringLikeRegexp('ProbeAccessRole') } });
    const [{ Properties: { PolicyDocument: { Statement } } }] = Object.values(policies);
    expect(Statement.map(({ Action }: { Action: unknown }) => Action)).toEqual(['secretsmanager:GetSecretValue', 'kms:Decrypt']);
  });

  test('the log group of a connector is there before anything connects, encrypted and kept for a year', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: { 'Fn::Join': ['', ['/aws/transfer/', id]] }, RetentionInDays: 365, KmsKeyId: Match.anyValue() },
      DeletionPolicy: 'Retain',
    });
    const [rotator] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Description: Match.stringLikeRegexp('^Rotates') } }));
    expect(rotator.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^AcmeLog/), expect.stringMatching(/^AcmeProbeLog/)]));
  });

  test('Transfer alone takes the roles, for connectors of the account', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role', {
      Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'transfer.amazonaws.com' } }] } },
    }));
    expect(roles).toHaveLength(4);
    for (const { Properties: { AssumeRolePolicyDocument: { Statement } } } of roles) {
      expect(Statement).toEqual([expect.objectContaining({
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':transfer:eu-west-1:111122223333:connector/*']] } },
        },
      })]);
    }
  });

  test('the key pair is rotated by a function that knows both connectors', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { SFTP_USER_NAME: 'our-company', CONNECTOR_ID: id, PROBE_CONNECTOR_ID: Match.not(id) } } });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: Match.stringLikeRegexp('.') } });
    expect(stack.resolve(connector.secret.secretArn)).toEqual({ Ref: expect.stringMatching(/^AcmeCredentials/) });
  });

  test('no resource waits for itself', () => {
    const { Resources } = template.toJSON() as { Resources: Record<string, object> };
    const left = new Map(Object.entries(Resources).map(([name, resource]) => [name, namesIn(resource, Resources)]));
    for (let before = -1; before !== left.size;) {
      before = left.size;
      for (const [name, needed] of left) if (![...needed].some((each) => left.has(each))) left.delete(name);
    }
    expect([...left.keys()]).toEqual([]);
  });

  test('the addresses that a partner lets in are told, and nothing transfers anything', () => {
    expect(stack.resolve(connector.egressAddresses)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Acme/), 'ServiceManagedEgressIpAddresses'] });
    expect(stack.resolve(connector.connectorId)).toEqual(id);
    expect(JSON.stringify(stack.resolve(connector.connectorArn))).toContain('connector/');
    expect(connector.log.logGroup).toBeDefined();
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    expect(() => connector.transferFunction).toThrow(
      "[Stack/Acme] 'transferFunction' must be asked for once there is a transfer, got none; use addSend or addRetrieve first");
  });
});

/** Names of resources that a resource refers to. */
function namesIn(value: unknown, resources: Readonly<Record<string, object>>): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' || key === 'DependsOn') return [inner as string | string[]].flat().filter((name) => name in resources);
    if (key === 'Fn::GetAtt') return [(inner as string[])[0]];
    return [...namesIn(inner, resources)];
  }));
}

describe('a connector', () => {
  test('agrees on algorithms of FIPS alone where that is asked for', () => {
    connecting({ fips: true, maxConcurrentConnections: 5 }).template().hasResourceProperties(CONNECTOR, {
      SecurityPolicyName: 'TransferSFTPConnectorSecurityPolicy-FIPS-2024-10', SftpConfig: { MaxConcurrentConnections: 5 },
    });
  });

  test('that goes through VPC Lattice has no URL, and its keys no name', () => {
    const resourceConfigurationArn = 'arn:aws:vpc-lattice:eu-west-1:111122223333:resourceconfiguration/rcfg-0123456789abcdef0';
    const { template: made, connector } = connecting({ egress: sftp.ConnectorEgress.vpcLattice({ resourceConfigurationArn }) });
    const template = made();
    template.allResourcesProperties(CONNECTOR, {
      Url: Match.absent(),
      EgressType: 'VPC_LATTICE',
      EgressConfig: { VpcLattice: { ResourceConfigurationArn: resourceConfigurationArn, PortNumber: 22 } },
      SftpConfig: Match.objectLike({ TrustedHostKeys: [ECDSA] }),
    });
    expect(connector.egressAddresses).toBeUndefined();
  });

  test('rotates as often as is asked for, and the old key is tried for a week, or a third of the time', () => {
    const overlapOf = (options: Partial<sftp.ConnectorKeyPairOptions>) => {
      const scene = connecting({ credentials: sftp.ConnectorCredentials.keptByHand(BY_HAND) }, (_, stack) => {
        new sftp.SftpConnector(stack, 'Other', {
          egress: sftp.ConnectorEgress.serviceManaged('sftp://sftp.acme.example'), trustedHostKeys: [ECDSA], credentials: rotatingKeyPair(stack, options),
        });
      });
      const [{ Properties: { Environment: { Variables } } }] = Object.values(scene.template().findResources('AWS::Lambda::Function'));
      return [Variables.OVERLAP_SECONDS, Variables.KEY_TYPE, Variables.OFFER_SECONDS];
    };
    const day = 86_400;
    expect(overlapOf({})).toEqual([String(7 * day), 'ecdsa-p256', String(14 * day)]);
    expect(overlapOf({ rotateEvery: Duration.days(9), keyType: secrets.SftpKeyType.RSA_4096, offerFor: Duration.days(3) }))
      .toEqual([String(3 * day), 'rsa-4096', String(3 * day)]);
    expect(overlapOf({ overlap: Duration.days(2) })[0]).toBe(String(2 * day));
  });

  test('does not take a time of rotation that deployment alone knows', () => {
    const rotateEvery = Duration.days(Lazy.number({ produce: () => 1 }));
    expect(() => connecting({}, (_, stack) => new sftp.SftpConnector(stack, 'Other', {
      egress: sftp.ConnectorEgress.serviceManaged('sftp://a.example'),
      trustedHostKeys: [ECDSA],
      credentials: sftp.ConnectorCredentials.rotatingKeyPair({ userName: 'a', bus: events.EventBus.fromEventBusName(stack, 'B', 'b'), rotateEvery }),
    }))).toThrow("'rotateEvery'");
  });
});

describe('with a credential that is kept by hand', () => {
  const { stack, connector, template: made } = connecting({ credentials: keptByHand({ maxAge: Duration.days(90) }) }, (each, scope) => {
    each.addSend('Invoices', { outbox: new storage.LandingBucket(scope, 'Box'), prefix: 'invoices', schedule: events.Schedule.rate(Duration.hours(1)) });
  });
  const template = made();

  test('the secret holds a placeholder that is no credential, and no rotation is asked for, for the reason given', () => {
    template.resourceCountIs(CONNECTOR, 1);
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
    template.hasResource('AWS::SecretsManager::Secret', {
      Properties: { GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'placeholder' }, KmsKeyId: Match.anyValue() }, DeletionPolicy: 'Retain',
    });
    template.hasResourceProperties(CONNECTOR, { SftpConfig: { OrderedUserSecretVersionStages: Match.absent() } });
    expect(acknowledgementsOn(connector.secret).filter(({ id }) => id.includes('SECRET-ROTATION')))
      .toEqual(expect.arrayContaining([expect.objectContaining({ reason: expect.stringMatching(/changes it on paper.*integrations.*2027-06-30/) })]));
  });

  test('an alarm asks for it, and for a new one when it is too old', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SECRET_ARN: stack.resolve(connector.secret.secretArn), SECRET_MAX_AGE_SECONDS: String(90 * 86_400) } },
    });
    const descriptions = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => String(Properties.AlarmDescription));
    expect(descriptions.filter((text) => /nobody has put the credential|older than it may be/.test(text))).toHaveLength(2);
  });

  test.each([0, 366])('a greatest age of %d days is refused', (days) => {
    expect(() => connecting({ credentials: keptByHand({ maxAge: Duration.days(days) }) })).toThrow(`'maxAge' must be between 1 and 365 days, got ${days}`);
  });
});

describe('host keys', () => {
  const trusted = (...trustedHostKeys: string[]) => {
    const [{ Properties }] = Object.values(connecting({ trustedHostKeys, credentials: keptByHand() }).template().findResources(CONNECTOR));
    return Properties.SftpConfig.TrustedHostKeys as string[];
  };
  const RSA = rsaLine(2048);

  test('are taken as a line of ssh-keyscan or alone, with or without a comment, and written alone', () => {
    const curves = [ecdsaLine('384'), ecdsaLine('521')];
    expect(trusted(`sftp.acme.example ${RSA}`, `SFTP.acme.example ${curves[0]} a comment`, curves[1], ` ${ECDSA}\n`)).toEqual([RSA, ...curves, ECDSA]);
  });

  test('of a server on another port have it before them', () => {
    const egress = sftp.ConnectorEgress.serviceManaged('sftp://sftp.acme.example:2222');
    const [{ Properties }] = Object.values(connecting({ egress, trustedHostKeys: [`[sftp.acme.example]:2222 ${RSA}`], credentials: keptByHand() }).template().findResources(CONNECTOR));
    expect(Properties).toMatchObject({ Url: 'sftp://sftp.acme.example:2222', SftpConfig: { TrustedHostKeys: [RSA] } });
  });

  test.each<[string, string[], string]>([
    ['none', [], "'trustedHostKeys' must be 1 to 10 keys, got 0; ask the partner for the public keys of the server, on another way than this connection"],
    ['eleven', Array.from({ length: 11 }, () => ECDSA), "'trustedHostKeys' must be 1 to 10 keys, got 11"],
    ['the same twice', [ECDSA, `sftp.acme.example ${ECDSA}`], "'trustedHostKeys[1]' must be another key than those before, got one of them; leave it out"],
    ['an Ed25519 key', [ed25519Line()], "'trustedHostKeys[0]' must be an RSA key of 2048 bits or more, or an ECDSA key, got one that is an Ed25519 key"],
    ['a short RSA key', [rsaLine(1024)], 'got one that is an RSA key of 1024 bits'],
    ['no key', ['sftp.acme.example'], "'trustedHostKeys[0]' must be an RSA key"],
    ['nothing', [''], "'trustedHostKeys[0]' must be an RSA key"],
    ['a key of another server', [`sftp.globex.example ${RSA}`], "'trustedHostKeys[0]' must be a key of sftp.acme.example, got one with another name before it"],
    ['a key of several names', [`sftp.acme.example,192.0.2.1 ${RSA}`], "'trustedHostKeys[0]' must be a key of sftp.acme.example, got one with another name before it"],
  ])('are refused: %s', (_, trustedHostKeys, message) => {
    expect(() => connecting({ trustedHostKeys })).toThrow(message);
  });

  test('that deployment alone knows are refused, since they could be any', () => {
    expect(() => connecting({}, (_, stack) => {
      const trustedHostKeys = [new CfnParameter(stack, 'Key').valueAsString];
      new sftp.SftpConnector(stack, 'Other', { egress: sftp.ConnectorEgress.serviceManaged('sftp://a.example'), trustedHostKeys, credentials: keptByHand() });
    })).toThrow("'trustedHostKeys[0]' must be known at synthesis, got a value that deployment alone knows; write the key itself, it is no secret");
    expect(() => connecting({ trustedHostKeys: Lazy.list({ produce: () => [ECDSA] }) })).toThrow("'trustedHostKeys' must be 1 to 10 keys, got a list that deployment alone knows");
  });

  test('with a name are refused where nothing tells the name of the server', () => {
    const egress = sftp.ConnectorEgress.vpcLattice({ resourceConfigurationArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:resourceconfiguration/rcfg-0123456789abcdef0' });
    expect(() => connecting({ egress, trustedHostKeys: [`sftp.acme.example ${RSA}`] })).toThrow("'trustedHostKeys[0]' must be a key of the server, without a name");
  });
});

describe('a way to the server', () => {
  const to = (url: string) => () => connecting({ egress: sftp.ConnectorEgress.serviceManaged(url) });
  const through = (options: Partial<sftp.ConnectorLatticeOptions>) => () => connecting({
    egress: sftp.ConnectorEgress.vpcLattice({ resourceConfigurationArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:resourceconfiguration/rcfg-0123456789abcdef0', ...options }),
  });

  test.each(['sftp://a.example', 'sftp://192.0.2.1', 'sftp://A-b.example:2222', 'sftp://host'])('%s is taken', (url) => {
    expect(to(url)).not.toThrow();
  });

  test.each([
    '', 'a.example', 'ssh://a.example', 'sftp://', 'sftp://user@a.example', 'sftp://a.example/in', 'sftp://-a.example', 'sftp://a..example', 'sftp://a.example:0',
    'sftp://a.example:65536', `sftp://${'a.'.repeat(130)}example`, 'sftp://a.example\n',
  ])('%j is refused', (url) => {
    expect(to(url)).toThrow("[Stack/Acme] 'url' must be 'sftp://' and a host, with a port if it is not 22, got something else; write sftp://sftp.acme.example, without user and path");
  });

  test('that deployment alone knows is taken', () => {
    expect(() => connecting({ egress: sftp.ConnectorEgress.serviceManaged(Lazy.string({ produce: () => 'sftp://a.example' })) }).template()).not.toThrow();
  });

  test('through VPC Lattice has the ARN of a resource configuration, and a port', () => {
    expect(through({ resourceConfigurationArn: 'arn:aws:vpc-lattice:eu-west-1:1:x' })).toThrow("'resourceConfigurationArn' must be the ARN of a resource configuration of VPC Lattice");
    expect(through({ port: 0 })).toThrow("'port' must be a whole number between 1 and 65535, got 0");
    expect(through({ port: 2222 })).not.toThrow();
  });
});

test.each([0, 6])('%d connections at one time are refused', (maxConcurrentConnections) => {
  expect(() => connecting({ maxConcurrentConnections })).toThrow(`'maxConcurrentConnections' must be a whole number between 1 and 5, got ${maxConcurrentConnections}`);
});

test.each([299, 604_801])('a transfer that may take %d seconds is refused', (seconds) => {
  expect(() => connecting({ finishWithin: Duration.seconds(seconds) })).toThrow(`'finishWithin' must be between 300 and 604800 seconds, got ${seconds}`);
});

test.each(NAG_PACKS)('%s finds nothing', (_, pack) => {
  const { app } = connecting({}, (connector, stack) => {
    const schedule = events.Schedule.rate(Duration.minutes(15));
    const box = new storage.LandingBucket(stack, 'Box');
    connector.addSend('Invoices', { outbox: box, prefix: 'invoices/acme', remoteDirectory: '/in', schedule });
    connector.addRetrieve('Orders', { inbox: box, prefix: 'orders/acme', remoteDirectory: '/out', schedule, removeRetrieved: true });
    new sftp.SftpConnector(stack, 'ByHand', {
      egress: sftp.ConnectorEgress.serviceManaged('sftp://sftp.globex.example'), trustedHostKeys: [ECDSA], credentials: keptByHand(),
    });
  });
  expect(judgedBy(pack(), app).violations).toEqual([]);
});
