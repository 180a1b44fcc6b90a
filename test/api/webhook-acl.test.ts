import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { api, foundation } from '../../src';
import { SIGNATURE_HEADERS } from '../../src/api/private/signature-headers';
import { check, RULES } from '../../src/rules';
import { PRESETS } from '../../src/runtime/webhooks/presets';
import type { Scheme } from '../../src/runtime/webhooks/scheme';
import { propertiesOf } from '../storage/templates';

const ARN = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/apis';

const one = (stack: Stack, type: string): any => Object.values(propertiesOf(stack, type))[0];

function aclIn(props?: api.WebhookAclProps, more?: (acl: api.WebhookAcl) => void): { stack: Stack; acl: any; rules: Record<string, any> } {
  const stack = new Stack(new App(), 'Stack');
  const made = new api.WebhookAcl(stack, 'Acl', props);
  more?.(made);
  const acl = one(stack, 'AWS::WAFv2::WebACL');
  return { stack, acl, rules: Object.fromEntries(acl.Rules.map((rule: any) => [rule.Name, rule])) };
}

function typesOf(rules: Record<string, any>): RegExp[] {
  const [, { NotStatement }] = rules.ContentType.Statement.AndStatement.Statements;
  return NotStatement.Statement.OrStatement.Statements.map(({ RegexMatchStatement }: any) => new RegExp(RegexMatchStatement.RegexString));
}

describe('by default', () => {
  test('judges by address, media type and the managed groups, and by no size', () => {
    expect(Object.keys(aclIn().rules)).toEqual(['ContentType', 'RateByAddress', 'AmazonIpReputationList', 'KnownBadInputsRuleSet', 'SQLiRuleSet', 'CommonRuleSet']);
  });

  test('lets rules count that read a body, and no other', () => {
    const overrides = Object.values(aclIn().rules).flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
    expect(overrides.map(({ ActionToUse }) => ActionToUse)).toEqual(overrides.map(() => ({ Count: {} })));
    expect(overrides.map(({ Name }) => Name)).toEqual([
      'JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY', 'SQLi_BODY', 'SQLiExtendedPatterns_BODY',
      'SizeRestrictions_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'CrossSiteScripting_BODY',
    ]);
  });

  test.each([
    'application/json', 'application/json; charset=utf-8', 'application/vnd.contentful.management.v1+json', 'application/cloudevents+json;charset=utf-8',
    'application/x-www-form-urlencoded', 'application/xml', 'text/xml; charset=utf-8', 'text/plain; charset=utf-8',
  ])('takes %s, which senders send', (type) => {
    expect(typesOf(aclIn().rules).some((pattern) => pattern.test(type))).toBe(true);
  });

  test.each(['multipart/form-data; boundary=a', 'text/html', 'application/jsonp', 'application/octet-stream', 'application/a b+json', ''])('refuses %s', (type) => {
    const { rules } = aclIn();
    expect(typesOf(rules).some((pattern) => pattern.test(type))).toBe(false);
    expect(rules.ContentType.Action).toEqual({ Block: { CustomResponse: { ResponseCode: 415 } } });
  });

  test('lets one address ask 10000 times in five minutes', () => {
    expect(aclIn().rules.RateByAddress).toMatchObject({
      Action: { Block: {} }, Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 10000, EvaluationWindowSec: 300 } },
    });
  });

  test('shows neither credentials nor signatures, in log and samples', () => {
    const { stack, acl } = aclIn();
    const [{ Field, Action }] = acl.DataProtectionConfig.DataProtections;
    const redacted = one(stack, 'AWS::WAFv2::LoggingConfiguration').RedactedFields.map(({ SingleHeader }: any) => SingleHeader.Name);
    expect(Action).toBe('SUBSTITUTION');
    expect(redacted).toEqual(Field.FieldKeys);
    expect(redacted).toEqual(expect.arrayContaining(['authorization', 'cookie', 'x-hub-signature-256', 'stripe-signature']));
    expect(redacted.length).toBeLessThanOrEqual(100);
  });

  test('logs under the key for audit, and tells the foundation of many refusals', () => {
    const { stack, acl } = aclIn();
    expect(one(stack, 'AWS::Logs::LogGroup').KmsKeyId).toEqual(stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.AUDIT).keyArn));
    const alarm = Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm')).find(({ MetricName }) => MetricName === 'BlockedRequests')!;
    expect(alarm).toMatchObject({ Threshold: 100, Period: 300 });
    expect(alarm.Dimensions).toContainEqual({ Name: 'WebACL', Value: acl.VisibilityConfig.MetricName });
  });
});

test('hides each header field in which a known sender signs', () => {
  const named = Object.values<Scheme>(PRESETS).flatMap((scheme) => {
    if (scheme.type === 'http-message') return ['signature'];
    if (scheme.type !== 'detached') return scheme.header;
    const { signature } = scheme;
    if (signature.from === 'body') return [];
    if (signature.from === 'numbered') return Array.from({ length: Math.min(signature.most, 10) }, (_none, index) => `${signature.name}${index + 1}`);
    return signature.from === 'header' ? signature.names : signature.name;
  });
  expect([...SIGNATURE_HEADERS, 'authorization'].sort()).toEqual([...new Set(named)].sort());
});

test('filters addresses, and bounds the rate as asked', () => {
  const { rules } = aclIn({ deniedCidrs: ['192.0.2.0/24'], allowedCidrs: ['198.51.100.0/24'], requestsPerAddress: 500, maxBlocked: 7 });
  expect(Object.keys(rules).slice(0, 2)).toEqual(['DeniedAddresses', 'UnknownAddresses']);
  expect(rules.RateByAddress.Statement.RateBasedStatement.Limit).toBe(500);
});

test.each([9, 30001])('rejects %d requests by one address, which would bound nothing', (requestsPerAddress) => {
  expect(() => aclIn({ requestsPerAddress })).toThrow(`[Stack/Acl] 'requestsPerAddress' must be a whole number between 10 and 30000, got ${requestsPerAddress}`);
});

test('rejects an alarm on no request', () => {
  expect(() => aclIn({ maxBlocked: 0 })).toThrow("[Stack/Acl] 'maxBlocked' must be");
});

test('refuses more header fields than WAF can hide', () => {
  expect(() => aclIn({}, (acl) => Array.from({ length: 101 }, (_none, index) => acl._hide(`x-signature-${index}`))))
    .toThrow(/'header' of the schemes must name at most 100 fields together, got 1\d\d; receive some webhooks by another platform/);
});

describe('of a platform', () => {
  function receiving(platformOf: (stack: Stack) => api.IApiPlatform | undefined): { stack: Stack; made: api.IntegrationApi } {
    const stack = new Stack(new App(), 'Stack');
    const handler = new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('0'),
      environment: { ENDPOINT: 'stripe', PUBLIC_URL: 'https://hooks.example.com/', SCHEME: '{"preset":"stripe"}', SECRET_ARN: 'arn' },
    });
    const made = new api.IntegrationApi(stack, 'Hooks', { rawBodies: true, platform: platformOf(stack) });
    made._addReceiverRoute(api.HttpMethod.POST, '/stripe', { handler });
    return { stack, made };
  }
  const associated = (stack: Stack) => one(stack, 'AWS::WAFv2::WebACLAssociation').WebACLArn;

  test('is made for the first API with raw bodies, and shared by the next', () => {
    const { stack } = receiving(() => undefined);
    new api.IntegrationApi(stack, 'More', { rawBodies: true }).addRoute(api.HttpMethod.GET, '/', {
      integration: api.Integration.lambdaFunction(lambda.Function.fromFunctionName(stack, 'F', 'f')), authorization: api.Authorization.iam(),
    });
    expect(Object.keys(propertiesOf(stack, 'AWS::WAFv2::WebACL')).filter((id) => id.includes('WebhookAcl'))).toHaveLength(1);
    expect(Object.values(propertiesOf(stack, 'AWS::WAFv2::WebACLAssociation')).map(({ WebACLArn }) => JSON.stringify(WebACLArn)))
      .toEqual([expect.stringContaining('WebhookAcl'), expect.stringContaining('WebhookAcl')]);
  });

  test('satisfies the rules on web ACLs, where nothing but receivers stands behind it', () => {
    const { stack } = receiving(() => undefined);
    const verdicts = check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => /^(WAF|API-WAF|API-AUTH|API-BODY|WEBHOOK)/.test(control)));
    expect(verdicts.filter(({ finding }) => finding !== '').map(({ control, finding, message }) => [control, finding, message])).toEqual([]);
    expect(verdicts.find(({ control, logicalId }) => control === 'WAF-BLOCKS' && logicalId.includes('WebhookAcl'))!.message)
      .toContain('CrossSiteScripting_BODY, since receivers verify a signature over the body');
  });

  test('does not, where an API behind it takes bodies that nobody signed', () => {
    const { stack, made } = receiving(() => undefined);
    made.addRoute(api.HttpMethod.GET, '/state', {
      integration: api.Integration.lambdaFunction(lambda.Function.fromFunctionName(stack, 'F', 'f')), authorization: api.Authorization.iam(),
    });
    const verdicts = check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => /^WAF/.test(control)));
    expect(verdicts.map(({ finding }) => finding)).toEqual(expect.arrayContaining(['SomeRequests', 'RuleOverridden::CommonRuleSet/GenericLFI_BODY']));
  });

  test('is the one that it was given', () => {
    const { stack } = receiving((within) => new api.ApiPlatform(within, 'Apis', { webhookAcl: api.WebAcl.fromWebAclArn(within, 'Given', `${ARN}/given`) }));
    expect(associated(stack)).toBe(`${ARN}/given`);
  });

  const imported = (within: Stack, webhookAclArn?: string) => api.ApiPlatform.fromApiPlatformAttributes(within, 'Apis', {
    foundation: foundation.Foundation.of(within), webAclArn: `${ARN}/acl`, accessLogGroupName: 'requests', webhookAclArn,
  });

  test('is known by its ARN where another app owns the platform', () => {
    let platform: api.IApiPlatform | undefined;
    const { stack, made } = receiving((within) => (platform = imported(within, `${ARN}/hooks`)));
    made._hideHeader('x-token');
    expect(associated(stack)).toBe(`${ARN}/hooks`);
    expect(platform!.webhookAcl).toBe(platform!.webhookAcl);
  });

  test('is asked for where the attributes lack it', () => {
    expect(() => receiving((within) => imported(within)))
      .toThrow("[Stack/Apis] 'webhookAclArn' must be given for an API with 'rawBodies', got nothing; name the web ACL for webhooks of the platform");
  });

  test('hides what a receiver asks it to', () => {
    const { stack, made } = receiving(() => undefined);
    made._hideHeader('X-Partner-Token');
    expect(JSON.stringify(Object.values(propertiesOf(stack, 'AWS::WAFv2::LoggingConfiguration')))).toContain('"x-partner-token"');
  });
});
