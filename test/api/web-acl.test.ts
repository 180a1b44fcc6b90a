import { App, Size, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { api, foundation } from '../../src';
import { propertiesOf } from '../storage/templates';

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: any;
  readonly OverrideAction?: any;
  readonly Statement: any;
  readonly VisibilityConfig: any;
}

function aclIn(props?: api.WebAclProps, more?: (acl: api.WebAcl) => void): { stack: Stack; acl: any; rules: Record<string, Rule>; order: string[] } {
  const stack = new Stack(new App(), 'Stack');
  const webAcl = new api.WebAcl(stack, 'WebAcl', props);
  more?.(webAcl);
  const [acl] = Object.values(propertiesOf(stack, 'AWS::WAFv2::WebACL'));
  const rules = acl.Rules as Rule[];
  return { stack, acl, rules: Object.fromEntries(rules.map((rule) => [rule.Name, rule])), order: rules.map(({ Name }) => Name) };
}

describe('by default', () => {
  test('judges by size, media type and rate before the managed groups, whose price is higher', () => {
    expect(aclIn().order).toEqual([
      'BodySize', 'ContentType', 'RateByAddress', 'RateByAddressAndPath',
      'AmazonIpReputationList', 'KnownBadInputsRuleSet', 'SQLiRuleSet', 'CommonRuleSet',
    ]);
  });

  test('gives each rule a place and metrics of its own', () => {
    const rules = Object.values(aclIn().rules);
    expect(rules.map(({ Priority }) => Priority)).toEqual(rules.map((_rule, index) => index));
    expect(rules.map(({ VisibilityConfig }) => VisibilityConfig)).toEqual(rules.map(({ Name }) =>
      ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: Name })));
  });

  test('blocks with every rule of its own and overrides nothing in the managed groups', () => {
    for (const { Action, OverrideAction, Statement } of Object.values(aclIn().rules)) {
      if (Action) expect(Object.keys(Action)).toEqual(['Block']);
      else expect([OverrideAction, Statement.ManagedRuleGroupStatement.RuleActionOverrides]).toEqual([{ None: {} }, undefined]);
    }
  });

  test('tells a client by the status what is wrong', () => {
    const { rules } = aclIn();
    const statusOf = (name: string) => rules[name].Action.Block.CustomResponse.ResponseCode;
    expect(['BodySize', 'ContentType', 'RateByAddress', 'RateByAddressAndPath'].map(statusOf)).toEqual([413, 415, 429, 429]);
  });

  test('bounds the body to 8 KiB, and what WAF cannot see of it', () => {
    expect(aclIn().rules.BodySize.Statement.SizeConstraintStatement).toMatchObject({
      ComparisonOperator: 'GT', Size: 8192, FieldToMatch: { Body: { OversizeHandling: 'MATCH' } },
    });
  });

  test('limits an address to 2000 requests in five minutes, and to 1000 for one path', () => {
    const { rules } = aclIn();
    expect(rules.RateByAddress.Statement.RateBasedStatement).toEqual({ AggregateKeyType: 'IP', Limit: 2000, EvaluationWindowSec: 300 });
    expect(rules.RateByAddressAndPath.Statement.RateBasedStatement).toMatchObject({
      AggregateKeyType: 'CUSTOM_KEYS', Limit: 1000, CustomKeys: [{ IP: {} }, { UriPath: { TextTransformations: [{ Priority: 0, Type: 'NORMALIZE_PATH' }] } }],
    });
  });

  test('logs each request, without the fields that say who somebody is, under the key for audit', () => {
    const { stack } = aclIn();
    const [[id, group]] = Object.entries(propertiesOf(stack, 'AWS::Logs::LogGroup'));
    const [logging] = Object.values(propertiesOf(stack, 'AWS::WAFv2::LoggingConfiguration'));

    expect(group.LogGroupName).toMatch(/^aws-waf-logs-/);
    expect(group.KmsKeyId).toEqual(stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.AUDIT).keyArn));
    expect(group.RetentionInDays).toBe(365);
    expect(JSON.stringify(logging.LogDestinationConfigs)).toContain(`"Ref":"${id}"`);
    expect(logging.RedactedFields).toEqual(['authorization', 'cookie', 'dpop', 'proxy-authorization', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })));
    expect(logging.LoggingFilter).toBeUndefined();
  });

  test('shows no credentials in samples of requests', () => {
    expect(aclIn().acl.DataProtectionConfig).toEqual({
      DataProtections: [{ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'dpop', 'proxy-authorization', 'x-api-key'] } }],
    });
  });

  test('tells the foundation when many requests are refused', () => {
    const { stack, acl } = aclIn();
    const alarm = Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm')).find(({ MetricName }) => MetricName === 'BlockedRequests')!;
    expect(alarm).toMatchObject({ Namespace: 'AWS/WAFV2', Threshold: 1000, Period: 300, Statistic: 'Sum', TreatMissingData: 'notBreaching' });
    expect(alarm.Dimensions).toContainEqual({ Name: 'WebACL', Value: acl.VisibilityConfig.MetricName });
    expect(alarm.AlarmActions).toEqual([stack.resolve(foundation.Foundation.of(stack).alertTopic.topicArn)]);
  });
});

describe('with lists of addresses', () => {
  test('refuses denied addresses first, of both versions', () => {
    const { stack, rules, order } = aclIn({ deniedCidrs: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7/32'] });
    expect(order[0]).toBe('DeniedAddresses');
    expect(rules.DeniedAddresses.Statement.OrStatement.Statements).toHaveLength(2);
    expect(Object.values(propertiesOf(stack, 'AWS::WAFv2::IPSet')).map(({ IPAddressVersion, Addresses, Scope }) => [IPAddressVersion, Addresses, Scope])).toEqual([
      ['IPV4', ['192.0.2.0/24', '198.51.100.7/32'], 'REGIONAL'], ['IPV6', ['2001:db8::/32'], 'REGIONAL'],
    ]);
  });

  test('refuses whom an allow list does not name, and lets the other rules judge the rest', () => {
    const { rules, order } = aclIn({ allowedCidrs: ['192.0.2.0/24'] });
    expect(rules.UnknownAddresses.Action).toEqual({ Block: {} });
    expect(rules.UnknownAddresses.Statement.NotStatement.Statement).toHaveProperty('IPSetReferenceStatement');
    expect(order).toContain('CommonRuleSet');
  });

  test('refuses other countries', () => {
    expect(aclIn({ allowedCountries: ['DE', 'FR'] }).rules.OtherCountries.Statement).toEqual({
      NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['DE', 'FR'] } } },
    });
  });

  test.each([
    [{ deniedCidrs: ['192.0.2.0'] }, "'deniedCidrs' must have ranges of addresses in CIDR notation, got '192.0.2.0'; write for example '192.0.2.0/24'"],
    [{ allowedCidrs: ['0.0.0.0/0'] }, "'allowedCidrs' must have ranges of addresses in CIDR notation, got '0.0.0.0/0'; write for example '192.0.2.0/24'"],
    [{ allowedCidrs: ['192.0.2.0/33'] }, "'allowedCidrs' must have ranges of addresses in CIDR notation, got '192.0.2.0/33'; write for example '192.0.2.0/24'"],
    [{ allowedCidrs: [] }, "'allowedCidrs' must name at least one, got none; an empty list would refuse everybody, leave it out to let anybody in"],
    [{ allowedCountries: ['Germany'] }, "'allowedCountries' must have two capital letters each (ISO 3166-1), got 'Germany'; write for example 'DE'"],
    [{ allowedCountries: [] }, "'allowedCountries' must name at least one, got none; an empty list would refuse everybody, leave it out to let anybody in"],
    [{ requestsPerAddress: 9 }, "'requestsPerAddress' must be a whole number between 10 and 2000000000, got 9; choose one in that range"],
    [{ requestsPerAddressAndPath: 1.5 }, "'requestsPerAddressAndPath' must be a whole number between 10 and 2000000000, got 1.5; choose one in that range"],
    [{ maxBlocked: 0 }, `'maxBlocked' must be a whole number between 1 and ${Number.MAX_SAFE_INTEGER}, got 0; choose one in that range`],
    [{ maxBody: Size.kibibytes(65) }, "'maxBody' must be a whole number between 1 and 65536, got 66560; choose one in that range"],
    [{ contentTypes: [] }, "'contentTypes' must name 1 to 10 media types, got 0; name those that the APIs take"],
    [{ contentTypes: ['text/plain; charset=utf-8'] }, "'contentTypes' must be media types in lower case without parameters, got 'text/plain; charset=utf-8'; write for example 'application/json'"],
  ] as Array<[api.WebAclProps, string]>)('refuses %j', (props, message) => {
    expect(() => aclIn(props)).toThrow(`[Stack/WebAcl] ${message}`);
  });

  test('refuses an address that only deployment tells, since it could be any', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => new api.WebAcl(stack, 'WebAcl', { deniedCidrs: [stack.account] })).toThrow("'deniedCidrs' must have ranges");
    expect(() => new api.WebAcl(stack, 'Other', { contentTypes: [stack.account] })).toThrow("'contentTypes' must be known at synthesis, got a token");
  });
});

describe('with a larger body', () => {
  test('lets the limit of its own replace the one of the common rule set, and inspects as much as may come', () => {
    const { acl, rules } = aclIn({ maxBody: Size.kibibytes(40) });
    expect(rules.BodySize.Statement.SizeConstraintStatement.Size).toBe(40 * 1024);
    expect(acl.AssociationConfig).toEqual({ RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_48' } } });
    expect(rules.CommonRuleSet.Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
    expect(rules.SQLiRuleSet.Statement.ManagedRuleGroupStatement.RuleActionOverrides).toBeUndefined();
  });

  test('leaves the inspection of a body of 16 KiB as it is', () => {
    expect(aclIn({ maxBody: Size.kibibytes(16) }).acl.AssociationConfig).toBeUndefined();
  });
});

describe('addPathLimit', () => {
  test('limits one path before the managed groups', () => {
    const { rules, order } = aclIn({}, (acl) => {
      acl.addPathLimit('/login', 20);
      acl.addPathLimit('/token', 30);
    });
    expect(order.slice(4, 6)).toEqual(['RateOnPath1', 'RateOnPath2']);
    expect(rules.RateOnPath1.Statement.RateBasedStatement).toMatchObject({
      Limit: 20, ScopeDownStatement: { ByteMatchStatement: { SearchString: '/login', PositionalConstraint: 'STARTS_WITH', FieldToMatch: { UriPath: {} } } },
    });
  });

  test.each(['login', '', `/${'a'.repeat(200)}`])('refuses the path %j', (path) => {
    expect(() => aclIn({}, (acl) => acl.addPathLimit(path, 20))).toThrow("'path' must be a path of at most 200 characters that starts with a slash");
  });
});

test('keeps the log as long as asked', () => {
  const { stack } = aclIn({ logRetention: logs.RetentionDays.THREE_MONTHS });
  expect(Object.values(propertiesOf(stack, 'AWS::Logs::LogGroup'))[0].RetentionInDays).toBe(90);
});

describe('an imported web ACL', () => {
  test('is known by its ARN', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/apis/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(api.WebAcl.fromWebAclArn(new Stack(), 'Acl', arn).webAclArn).toBe(arn);
  });

  test('must be regional, since one of CloudFront stands in front of no API', () => {
    const arn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/apis/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(() => api.WebAcl.fromWebAclArn(new Stack(undefined, 'Stack'), 'Acl', arn)).toThrow("[Stack/Acl] 'webAclArn' must be the ARN of a regional web ACL");
  });
});
