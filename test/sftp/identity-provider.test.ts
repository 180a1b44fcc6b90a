import { generateKeyPairSync } from 'node:crypto';
import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ECDSA } from './public-keys';
import { acme, key, recordOf, rightsOf, serving, the, variablesOf } from './serving';
import { sftp } from '../../src';
import { parseIdentityProviderSettings } from '../../src/runtime/sftp/identity-provider-settings';
import { parseRegistrarSettings } from '../../src/runtime/sftp/registrar-settings';
import { identityStatements, propertiesOf } from '../storage/templates';

const functionOf = (stack: Parameters<typeof the>[0], id: string) => the(stack, 'AWS::Lambda::Function', `SftpUsers${id}Function`);

/** Variables as a deployment would have them. */
function deployed(variables: Record<string, unknown>): Record<string, string> {
  const whole = (value: any): string => {
    if (typeof value === 'string') return value;
    if (value['Fn::Join']) return value['Fn::Join'][1].map(whole).join('');
    const [name] = Object.values(value).flat() as string[];
    if (name === 'AWS::Partition') return 'aws';
    if (name.includes('SftpResource') || /^Sftp[0-9A-F]{8}$/.test(name)) return 's-0123456789abcdef0';
    if (name.includes('Role')) return 'arn:aws:iam::111111111111:role/sftp/x/y';
    return name.startsWith('Foundation') ? 'arn:aws:kms:eu-west-1:111111111111:key/1234' : name.slice(0, 40).toLowerCase();
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, whole(value)]));
}

describe('by default', () => {
  const { stack, server } = serving();
  server.addPartner('acme', acme());

  test('the server asks a function, for keys alone', () => {
    const { IdentityProviderType, IdentityProviderDetails } = the(stack, 'AWS::Transfer::Server', 'Sftp');
    expect(IdentityProviderType).toBe('AWS_LAMBDA');
    expect(IdentityProviderDetails).toEqual({
      Function: { 'Fn::GetAtt': [expect.stringMatching(/^SftpUsersIdentityProviderFunction/), 'Arn'] }, SftpAuthenticationMethods: 'PUBLIC_KEY',
    });
  });

  test('the function may be invoked by this server alone', () => {
    const permissions = Object.values(propertiesOf(stack, 'AWS::Lambda::Permission')).filter(({ Principal }) => Principal === 'transfer.amazonaws.com');
    expect(permissions).toEqual([{
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^SftpUsersIdentityProviderFunction/), 'Arn'] },
      Principal: 'transfer.amazonaws.com',
      SourceAccount: '111111111111',
      SourceArn: stack.resolve(server.serverArn),
    }]);
  });

  test('the function answers in time, twenty logins at once, and has no dead-letter queue', () => {
    expect(functionOf(stack, 'IdentityProvider')).toMatchObject({ MemorySize: 512, ReservedConcurrentExecutions: 20, Timeout: 10 });
    expect(functionOf(stack, 'IdentityProvider').DeadLetterConfig).toBeUndefined();
  });

  test('the function reads one partner and counts failures', () => {
    expect(rightsOf(stack, 'IdentityProvider')).toEqual(['Allow: dynamodb:GetItem', 'Allow: dynamodb:GetItem, dynamodb:UpdateItem']);
  });

  test('its variables are what it takes', () => {
    const { rolePrefix, ...settings } = parseIdentityProviderSettings(deployed(variablesOf(stack, 'IdentityProvider')));
    expect(settings).toMatchObject({
      authentication: 'PUBLIC_KEY', cacheSeconds: 0, lockout: { failures: 10, windowMilliseconds: 900_000, lockMilliseconds: 900_000 },
    });
    const { Path } = the(stack, 'AWS::IAM::Role', 'SftpUsersacmeRole');
    expect(rolePrefix).toBe(`arn:aws:iam::111111111111:role${Path}`);
  });

  test('partners are registered by one function for CloudFormation and one for operators, who add none', () => {
    expect(parseRegistrarSettings(deployed(variablesOf(stack, 'Registrar')))).toMatchObject({ caller: 'cloudformation', maxKeyDays: 180, authentication: 'PUBLIC_KEY' });
    const operator = parseRegistrarSettings(deployed(variablesOf(stack, 'Operator')));
    expect(operator).toMatchObject({ caller: 'operator', serverId: 's-0123456789abcdef0' });
    expect(operator.runtime).toBeUndefined();
    expect(rightsOf(stack, 'Registrar')).toEqual(['Allow: dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:PutItem']);
    expect(rightsOf(stack, 'Operator')).toEqual(['Allow: dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Scan']);
  });

  test('there is no table of passwords, and what happens expires', () => {
    const tables = propertiesOf(stack, 'AWS::DynamoDB::Table');
    expect(Object.values(tables).map(({ KeySchema }) => KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName)).sort())
      .toEqual([['partner'], ['subject']]);
    expect(the(stack, 'AWS::DynamoDB::Table', 'SftpUsersActivity').TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true });
  });

  test('logins of the server\'s log are told to a function', () => {
    expect(the(stack, 'AWS::Logs::SubscriptionFilter', 'SftpUsersKeyUsage')).toMatchObject({
      FilterPattern: '{ $.activity-type = "CONNECTED" }', LogGroupName: stack.resolve(server.log.logGroup.logGroupName),
    });
    expect(the(stack, 'AWS::Lambda::Permission', 'SftpUsersKeyUsageFunctionLog')).toMatchObject({
      Principal: 'logs.amazonaws.com', SourceAccount: '111111111111', SourceArn: stack.resolve(server.log.logGroup.logGroupArn),
    });
    expect(rightsOf(stack, 'KeyUsage')).toEqual(['Allow: dynamodb:UpdateItem']);
  });

  test('keys are looked at each day, and what is told of them alerts', () => {
    expect(the(stack, 'AWS::Events::Rule', 'SftpUsersKeyWatchDaily').ScheduleExpression).toBe('rate(1 day)');
    expect(the(stack, 'AWS::Events::Rule', 'SftpUsersKeyWatchWarned')).toMatchObject({
      EventPattern: { source: ['cdk-secure-integrations.sftp'], detail: { serverId: [stack.resolve(server.serverId)] } },
      Targets: [expect.objectContaining({ Arn: { Ref: expect.stringMatching(/^FoundationAlerts/) } })],
    });
    expect(variablesOf(stack, 'KeyWatch')).toMatchObject({ STALE_DAYS: '60', EVENT_BUS_NAME: 'default' });
  });

  test.each([
    ['LoginAlarmsFault'], ['LoginAlarmsMisconfigured'], ['LoginAlarmsFailure'], ['LoginAlarmsThrottled'], ['LoginAlarmsSlow'], ['LoginAlarmsLocked'],
    ['RegistrarAlarmsLeftOut'], ['RegistrarAlarmsDeployerFailure'], ['RegistrarAlarmsOperatorFailure'], ['KeyWatchAlarmsFault'], ['KeyWatchAlarmsFailure'],
    ['KeyWatchAlarmsUnattended'], ['KeyUsageAlarmsFailure'],
  ])('alarm %s reaches somebody', (id) => {
    expect(the(stack, 'AWS::CloudWatch::Alarm', `SftpUsers${id}`).AlarmActions).toEqual([{ Ref: expect.stringMatching(/^FoundationAlerts/) }]);
  });

  test('operators may invoke their function alone', () => {
    const { stack: other, server: another } = serving();
    another.grantManagePartners(new iam.Role(other, 'Operators', { assumedBy: new iam.AccountRootPrincipal() }));
    const invocations = identityStatements(other).filter(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(invocations).toEqual([{
      Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^SftpUsersOperatorFunction/), 'Arn'] },
    }]);
  });
});

describe('with a password', () => {
  const { stack, server } = serving(sftp.SftpUsers.identityProvider({ requirePassword: true }));
  const partner = server.addPartner('acme', acme());

  test('the server asks for key and password', () => {
    expect(the(stack, 'AWS::Transfer::Server', 'Sftp').IdentityProviderDetails.SftpAuthenticationMethods).toBe('PUBLIC_KEY_AND_PASSWORD');
    expect(recordOf(stack, 'acme').passwordRequired).toBe(true);
    expect(parseRegistrarSettings(deployed(variablesOf(stack, 'Registrar'))).authentication).toBe('PUBLIC_KEY_AND_PASSWORD');
  });

  test('the function has a whole processor, reads verifiers and forgets failures', () => {
    expect(functionOf(stack, 'IdentityProvider').MemorySize).toBe(1769);
    expect(rightsOf(stack, 'IdentityProvider')).toEqual([
      'Allow: dynamodb:GetItem', 'Allow: dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem', 'Allow: dynamodb:Query',
    ]);
    expect(parseIdentityProviderSettings(deployed(variablesOf(stack, 'IdentityProvider'))).credentialsTable).toContain('credentials');
  });

  test('the password rotates each quarter, and the previous one works on for thirty days', () => {
    expect(partner.password).toBeDefined();
    expect(the(stack, 'AWS::SecretsManager::RotationSchedule', 'SftpUsersacmePassword').RotationRules.ScheduleExpression).toBe('rate(90 days)');
    const { OVERLAP_SECONDS, USER_NAME } = the(stack, 'AWS::Lambda::Function', 'SftpUsersacmePasswordFunction').Environment.Variables;
    expect([OVERLAP_SECONDS, USER_NAME]).toEqual([String(30 * 86_400), 'acme']);
  });

  test('the password rotates as a partner wants it', () => {
    const { stack: other, server: another } = serving(sftp.SftpUsers.identityProvider({ requirePassword: true }));
    another.addPartner('acme', acme({ passwordRotateEvery: Duration.days(30) }));
    another.addPartner('globex', acme({ keys: [key(ECDSA)], passwordRotateEvery: Duration.days(60), passwordOverlap: Duration.days(7) }));
    const overlapOf = (name: string) => the(other, 'AWS::Lambda::Function', `SftpUsers${name}PasswordFunction`).Environment.Variables.OVERLAP_SECONDS;
    expect(overlapOf('acme')).toBe(String(10 * 86_400));
    expect(overlapOf('globex')).toBe(String(7 * 86_400));
  });
});

describe('with partners at run time', () => {
  const { stack } = serving(sftp.SftpUsers.identityProvider({
    runtimePartners: sftp.RuntimePartners.within(['198.51.100.0/24'], { access: sftp.PartnerAccess.exchange() }),
  }));

  test('operators add partners within the networks, who share a role that reaches their places alone', () => {
    const { runtime } = parseRegistrarSettings(deployed(variablesOf(stack, 'Operator')));
    expect(runtime!.networks).toHaveLength(1);
    expect(runtime!.directories.map(({ entry, prefix }) => [entry, prefix])).toEqual([['/incoming', 'runtime'], ['/outgoing', 'runtime']]);
    expect(rightsOf(stack, 'Operator')).toEqual(['Allow: dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:Scan']);
    const { Path, Policies } = the(stack, 'AWS::IAM::Role', 'SftpUsersRuntimeRole');
    expect(Path).toMatch(/^\/sftp\//);
    expect(JSON.stringify(Policies)).toContain('/runtime/*');
    expect(JSON.stringify(Policies)).not.toContain('partners/');
  });

  test('the endpoint lets their networks in', () => {
    expect(JSON.stringify(the(stack, 'AWS::EC2::SecurityGroup', 'Sftp'))).toContain('198.51.100.0/24');
  });

  test('CloudFormation\'s function knows nothing of them', () => {
    expect(variablesOf(stack, 'Registrar').RUNTIME_ROLE_ARN).toBeUndefined();
  });

  test.each([
    [[], "'runtimePartners.networks' is no list of 1 to 1000 networks"],
    [['::/0'], "'runtimePartners.networks[0]' is every address there is; name the networks of the partner"],
    [[Lazy.string({ produce: () => 'later' })], "'runtimePartners' must have networks of text, got a token; write them down, since each rule says which protocol it is for"],
  ])('networks %j are refused', (networks, message) => {
    expect(() => serving(sftp.SftpUsers.identityProvider({ runtimePartners: sftp.RuntimePartners.within(networks) }))).toThrow(`[Stack/Sftp/Users] ${message}`);
  });
});

describe('options', () => {
  test('provisioned instances are what the server asks', () => {
    const { stack } = serving(sftp.SftpUsers.identityProvider({ provisionedConcurrency: 2 }));
    expect(the(stack, 'AWS::Lambda::Alias', 'SftpUsersWarm')).toMatchObject({ Name: 'warm', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
    const alias = { Ref: expect.stringMatching(/^SftpUsersWarm/) };
    expect(the(stack, 'AWS::Transfer::Server', 'Sftp').IdentityProviderDetails.Function).toEqual(alias);
    const permissions = Object.values(propertiesOf(stack, 'AWS::Lambda::Permission')).filter(({ Principal }) => Principal === 'transfer.amazonaws.com');
    expect(permissions.map(({ FunctionName }) => FunctionName)).toEqual([alias]);
  });

  test('each is handed on', () => {
    const { stack } = serving(sftp.SftpUsers.identityProvider({
      lockoutFailures: 3,
      lockoutWindow: Duration.minutes(1),
      lockoutDuration: Duration.hours(2),
      recordCache: Duration.seconds(30),
      reservedConcurrency: 50,
      maxKeyAge: Duration.days(90),
      staleAfter: Duration.days(7),
    }));
    expect(variablesOf(stack, 'IdentityProvider')).toMatchObject({
      LOCKOUT_FAILURES: '3', LOCKOUT_WINDOW_SECONDS: '60', LOCKOUT_SECONDS: '7200', CACHE_SECONDS: '30',
    });
    expect(functionOf(stack, 'IdentityProvider').ReservedConcurrentExecutions).toBe(50);
    expect(variablesOf(stack, 'Registrar').MAX_KEY_DAYS).toBe('90');
    expect(variablesOf(stack, 'KeyWatch').STALE_DAYS).toBe('7');
  });

  test.each<[sftp.IdentityProviderOptions, string]>([
    [{ lockoutFailures: 2 }, "'lockoutFailures' must be a whole number between 3 and 100, got 2; choose one in that range"],
    [{ lockoutWindow: Duration.seconds(59) }, "'lockoutWindow' must be between 60 and 86400 seconds, got 59; choose a whole number of seconds in that range"],
    [{ lockoutDuration: Duration.days(2) }, "'lockoutDuration' must be between 60 and 86400 seconds, got 172800; choose a whole number of seconds in that range"],
    [{ recordCache: Duration.minutes(2) }, "'recordCache' must be between 0 and 60 seconds, got 120; choose a whole number of seconds in that range"],
    [{ reservedConcurrency: 0 }, "'reservedConcurrency' must be a whole number between 1 and 1000, got 0; choose one in that range"],
    [{ reservedConcurrency: 5, provisionedConcurrency: 6 }, "'provisionedConcurrency' must be a whole number between 1 and 5, got 6; choose one in that range"],
    [{ maxKeyAge: Duration.days(731) }, "'maxKeyAge' must be between 1 and 730 days, got 731; choose a whole number of days in that range"],
    [{ staleAfter: Duration.days(6) }, "'staleAfter' must be between 7 and 365 days, got 6; choose a whole number of days in that range"],
    [{ requirePassword: true, runtimePartners: sftp.RuntimePartners.within(['198.51.100.0/24']) },
      "'runtimePartners' must be absent with requirePassword, got both; partners that are added at run time have no secret that rotates, so add those who need a "
        + 'password to the template, or make a second server'],
  ])('%j is refused', (options, message) => {
    expect(() => serving(sftp.SftpUsers.identityProvider(options))).toThrow(`[Stack/Sftp/Users] ${message}`);
  });
});

test('fifty partners are at one server: each adds a role, a record and two alarms, and fifty a filter that they share', () => {
  const count = (partners: number) => {
    const { stack, server } = serving();
    for (let index = 0; index < partners; index++) {
      server.addPartner(`partner${index}`, { keys: [key(newKey())], networks: [`203.0.113.${index}/32`] });
    }
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
    const types: Record<string, number> = {};
    for (const { Type } of Object.values(Resources)) types[Type] = (types[Type] ?? 0) + 1;
    return types;
  };
  const [one, fifty] = [count(1), count(50)];
  const added = Object.entries(fifty).map(([type, many]) => [type, many - (one[type] ?? 0)] as const).filter(([, more]) => more !== 0);
  expect(Object.fromEntries(added)).toEqual({
    'AWS::IAM::Role': 49, 'Custom::SftpPartner': 49, 'AWS::CloudWatch::Alarm': 2 * 49, 'AWS::Logs::MetricFilter': 1,
  });
  expect(fifty['AWS::Transfer::Server']).toBe(1);
  expect(Object.values(fifty).reduce((sum, many) => sum + many)).toBeLessThan(500);
});

test.each<[string, () => sftp.SftpUsers, number]>([
  ['an identity provider', () => sftp.SftpUsers.identityProvider(), 37], ['the service', () => sftp.SftpUsers.serviceManaged(), 18],
])('a server with users of %s reserves as many concurrent executions as its page says', (_name, users, reserved) => {
  const functions = Object.values(propertiesOf(serving(users()).stack, 'AWS::Lambda::Function'));
  expect(functions.reduce((sum, { ReservedConcurrentExecutions }) => sum + ReservedConcurrentExecutions, 0)).toBe(reserved);
});

/** A new key each time; its private half is dropped. */
function newKey(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `ssh-ed25519 ${Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.from(x!, 'base64url'))]).toString('base64')}`;
}
