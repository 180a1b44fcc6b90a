import { Duration } from 'aws-cdk-lib';
import { Kind, worldOf } from './consumer-world';
import { patternMatches } from '../../src/rules/logs/filter-pattern';

const KNOWN: Kind[] = ['bearerKey', 'token'];
const logged = (members: Record<string, string>) => new Map(Object.entries(members).map(([name, value]) => [`$.${name}`, value]));

describe.each(KNOWN)('a consumer by %s', (kind) => {
  test('raises alarms on four fifths of its rate, on ten denials, and on a day without a word', () => {
    const world = worldOf(kind);
    const acme = world.acme();
    const dimensions = [{ Name: 'Api', Value: world.api.apiName }, { Name: 'Consumer', Value: 'acme' }];
    const common = { Namespace: 'SecureIntegrations/Api', Dimensions: dimensions, Statistic: 'Sum' };
    expect(world.alarm('Surge')).toMatchObject({ ...common, MetricName: 'ConsumerRequests', Period: 300, Threshold: 2400, EvaluationPeriods: 1, TreatMissingData: 'notBreaching', ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    expect(world.alarm('Denial')).toMatchObject({ ...common, MetricName: 'ConsumerDenials', Period: 300, Threshold: 10, TreatMissingData: 'notBreaching', ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    expect(world.alarm('Silence')).toMatchObject({ ...common, MetricName: 'ConsumerRequests', Period: 3600, Threshold: 1, EvaluationPeriods: 24, TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' });
    expect(acme.alarms.map(({ node }) => node.id)).toEqual(['Surge', 'Denial', 'Silence']);
    for (const id of ['Surge', 'Denial', 'Silence']) expect([world.alarm(id).AlarmActions.length, world.alarm(id).AlarmDescription]).toEqual([1, expect.stringMatching(/^Stack\/Api\/acme: the consumer /)]);
  });

  test('raises them at what it says', () => {
    const world = worldOf(kind);
    world.acme({ rateLimit: 2, maxDenials: 3, silence: Duration.hours(2) });
    expect([world.alarm('Surge').Threshold, world.alarm('Denial').Threshold, world.alarm('Silence').EvaluationPeriods]).toEqual([480, 3, 2]);
    const told = worldOf(kind);
    told.acme({ surgeAt: 7, silence: Duration.days(7) });
    expect([told.alarm('Surge').Threshold, told.alarm('Silence').EvaluationPeriods]).toEqual([7, 168]);
  });

  test('may be silent while it is suspended', () => {
    const world = worldOf(kind);
    expect(world.acme({ suspended: true }).alarms.map(({ node }) => node.id)).toEqual(['Surge', 'Denial']);
    expect(world.alarm('Silence')).toBeUndefined();
  });

  test('adds no filter to the log of requests, which counts all of them', () => {
    expect(accessLogFilters(withAcme(kind))).toEqual(accessLogFilters(worldOf(kind)));
  });
});

describe('what the platform counts', () => {
  const [requests, denials] = ['ConsumerRequests', 'ConsumerDenials'].map((name) => accessLogFilters(withAcme('token')).find((filter) => filter.MetricTransformations[0].MetricName === name)!.FilterPattern);

  test('is each request of a consumer that an authorizer named', () => {
    expect(patternMatches(requests, logged({ consumer: 'acme', status: '200' }))).toBe('yes');
    expect(patternMatches(requests, logged({ consumer: '-', status: '200' }))).toBe('no');
    expect(patternMatches(requests, logged({ status: '200' }))).toBe('no');
  });

  test.each([['401', 'yes'], ['403', 'yes'], ['429', 'yes'], ['200', 'no'], ['404', 'no'], ['500', 'no']])('as a denial with %s: %s', (status, counted) => {
    expect(patternMatches(denials, logged({ consumer: 'acme', status }))).toBe(counted);
    expect(patternMatches(denials, logged({ consumer: '-', status }))).toBe('no');
  });
});

describe('a consumer with a role', () => {
  test('is counted by the sessions of its role at its API, with filters of its own', () => {
    const world = withAcme('role');
    const filters = accessLogFilters(world).filter(({ MetricTransformations: [{ MetricName }] }) => MetricName.includes('-'));
    const pattern = (filter: any) => (filter.FilterPattern['Fn::Join'][1] as Array<string | { Ref: string }>)
      .map((part) => (typeof part === 'string' ? part : part.Ref === 'AWS::Partition' ? 'aws' : 'Partner')).join('');
    const [requests, denials] = filters.map(pattern);
    const call = (userArn: string, status = '403', name = world.api.apiName) => logged({ api: name, userArn, status, consumer: '-' });
    expect(patternMatches(requests, call('arn:aws:sts::111122223333:assumed-role/Partner/session'))).toBe('yes');
    expect(patternMatches(denials, call('arn:aws:sts::111122223333:assumed-role/Partner/session'))).toBe('yes');
    expect(patternMatches(denials, call('arn:aws:sts::111122223333:assumed-role/Partner/session', '200'))).toBe('no');
    expect(patternMatches(requests, call('arn:aws:sts::111122223333:assumed-role/Partner2/session'))).toBe('no');
    expect(patternMatches(requests, call('arn:aws:sts::444455556666:assumed-role/Partner/session'))).toBe('no');
    expect(patternMatches(requests, call('arn:aws:sts::111122223333:assumed-role/Partner/session', '200', 'another'))).toBe('no');
    expect(filters.map(({ MetricTransformations: [{ MetricName }] }) => MetricName)).toEqual([world.alarm('Surge').MetricName, world.alarm('Denial').MetricName]);
    expect([world.alarm('Silence').MetricName, world.alarm('Silence').Dimensions]).toEqual([world.alarm('Surge').MetricName, undefined]);
  });
});

function withAcme(kind: Kind): ReturnType<typeof worldOf> {
  const world = worldOf(kind);
  world.acme();
  return world;
}

/** Filters of the log that all APIs share. */
function accessLogFilters(world: ReturnType<typeof worldOf>): any[] {
  return world.all('AWS::Logs::MetricFilter').filter(({ LogGroupName }) => JSON.stringify(LogGroupName).includes('AccessLog'));
}
