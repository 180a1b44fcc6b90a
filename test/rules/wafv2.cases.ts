import { ControlCase, Template } from './control-case';
import { WAFV2_LOG_CASES } from './wafv2-logs.cases';

const TOLD = { Parameters: { Told: { Type: 'String' } } };
const UNKNOWN = { Ref: 'Told' };
const ACL = 'AWS::WAFv2::WebACL';
const VISIBLE = { CloudWatchMetricsEnabled: true, MetricName: 'edge', SampledRequestsEnabled: false };
const BASELINE = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];
const UNCHANGED = { TextTransformations: [{ Priority: 0, Type: 'NONE' }] };
const [REPUTATION, COMMON, BAD_INPUTS] = BASELINE;

const acl = (Rules: any, more: object = {}, others: object = {}): Template => ({
  ...TOLD,
  Resources: {
    Acl: { Type: ACL, Properties: { Name: 'edge', Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: VISIBLE, Rules, ...more } },
    ...others,
  },
});

const ACL_ARN = { 'Fn::GetAtt': ['Acl', 'Arn'] };
const BY_TEXT = { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/live' };

/** Puts a web ACL that only deployment tells in front of something. */
const ANY_ACL = {
  Type: 'AWS::WAFv2::WebACLAssociation',
  Properties: { WebACLArn: UNKNOWN, ResourceArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/1' },
};

/** An API behind the web ACL with one route, whose function receives webhooks. */
const hooks = (variables: object = {}, others: object = {}, stage: unknown = { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/${Stage}' }): object => ({
  Receiver: {
    Type: 'AWS::Lambda::Function',
    Properties: { Environment: { Variables: { ENDPOINT: 'a', PUBLIC_URL: 'https://hooks.example.com', SCHEME: '{"preset":"stripe"}', ...variables } } },
  },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BinaryMediaTypes: ['*/*'] } },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live' } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      HttpMethod: 'POST',
      Integration: {
        Type: 'AWS_PROXY',
        Uri: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Receiver.Arn}/invocations' },
      },
    },
  },
  Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: ACL_ARN, ResourceArn: stage } },
  ...others,
});

const rule = (Name: string, Statement: any, more: object = {}) => ({
  Name,
  Priority: 1,
  Statement,
  Action: { Block: {} },
  VisibilityConfig: VISIBLE,
  ...more,
});

const groupRule = (Name: string, Statement: any, more: object = {}) => ({
  Name,
  Priority: 0,
  Statement,
  OverrideAction: { None: {} },
  VisibilityConfig: VISIBLE,
  ...more,
});

const managed = (Name: string, statement: object = {}, more: object = {}) =>
  groupRule(Name, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...statement } }, more);

const baseline = (...instead: any[]) => BASELINE.map((name) => instead.find((each) => each.Name === name) ?? managed(name));

const referring = (more: object = {}, statement: object = {}) =>
  groupRule('Shared', { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] }, ...statement } }, more);

const group = (Rules: any) => ({
  Group: { Type: 'AWS::WAFv2::RuleGroup', Properties: { Capacity: 10, Name: 'shared', Scope: 'REGIONAL', VisibilityConfig: VISIBLE, ...(Rules && { Rules }) } },
});

const geo = (name = 'Geo', more: object = {}) => rule(name, { GeoMatchStatement: { CountryCodes: ['XX'] } }, more);

const rate = (statement: object = {}, more: object = {}) => rule('Rate', { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000, ...statement } }, more);

const constraint = (change: object = {}, field: object = { Body: { OversizeHandling: 'MATCH' } }) => ({
  SizeConstraintStatement: { ComparisonOperator: 'GT', Size: 16000, FieldToMatch: field, ...UNCHANGED, ...change },
});

const size = (change: object = {}, field?: object, more: object = {}) => rule('Size', constraint(change, field), more);

const overridden = (ActionToUse: any, name = 'SizeRestrictions_BODY') => managed(COMMON, { RuleActionOverrides: [{ Name: name, ActionToUse }] });

const path = { ByteMatchStatement: { SearchString: '/files', FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', ...UNCHANGED } };

const JSON_BODY = { MatchPattern: { All: {} }, MatchScope: 'ALL' };

const rulesOf = (template: Template) => template.Resources.Acl.Properties.Rules;

export const WAFV2_CASES: readonly ControlCase[] = [
  ...WAFV2_LOG_CASES,
  {
    control: 'WAF-MANAGED-RULES',
    passing: {
      'the baseline': acl(baseline()),
      'the baseline, one of it held at a version, and a group twice': acl([
        ...baseline(managed(COMMON, { Version: 'Version_1.4' })), managed(COMMON, { ScopeDownStatement: path }),
      ], { Scope: 'CLOUDFRONT' }),
    },
    failing: [
      { finding: 'NoRules', template: acl(undefined) },
      { finding: `Missing::${COMMON}`, template: acl([]) },
      { finding: `Missing::${BAD_INPUTS}`, template: acl([managed(REPUTATION), managed(COMMON)]) },
      { finding: `Missing::${COMMON}`, template: acl(baseline(managed(COMMON, { VendorName: 'Another' }))) },
      { finding: `Missing::${REPUTATION}`, template: acl([referring()], {}, group([geo()])) },
      { finding: `ScopedDown::${COMMON}`, template: acl(baseline(managed(COMMON, { ScopeDownStatement: { NotStatement: { Statement: path } } }))) },
      { finding: 'UnresolvedRules', template: acl(UNKNOWN) },
      { finding: 'UnresolvedRules', template: acl([managed(REPUTATION), managed(COMMON), UNKNOWN]) },
      { finding: 'UnresolvedRules', template: acl(baseline(managed(COMMON, { Name: UNKNOWN }))) },
    ],
    mutations: [
      ...BASELINE.map((name, index) => ({ name: `drop ${name}`, finding: `Missing::${name}`, mutate: (t: Template) => rulesOf(t).splice(index, 1) })),
      { name: 'drop every rule', finding: 'NoRules', mutate: (t) => { t.Resources.Acl.Properties.Rules = []; } },
      {
        name: 'look at one path only',
        finding: `ScopedDown::${COMMON}`,
        mutate: (t) => { rulesOf(t)[1].Statement.ManagedRuleGroupStatement.ScopeDownStatement = path; },
      },
    ],
  },
  {
    control: 'WAF-BLOCKS',
    passing: {
      'groups and rules that act': acl([...baseline(), rate(), geo('Last', { Priority: 9, Action: { Allow: {} } })]),
      'a challenge': acl([geo('Puzzle', { Action: { Captcha: {} } }), overridden({ Challenge: {} }, 'NoUserAgent_HEADER')]),
      'a size rule of its own instead of the managed one': acl([overridden({ Count: {} }), size()]),
      'the same, written the older way': acl([managed(COMMON, { ExcludedRules: [{ Name: 'SizeRestrictions_BODY' }] }), size()]),
      'a group of the template': acl([referring()], {}, group([geo()])),
      'rules on bodies that count before receivers of webhooks': acl([overridden({ Count: {} }, 'GenericLFI_BODY')], {}, hooks()),
      'the same, where the stage is named by text': acl([overridden({ Count: {} }, 'GenericLFI_BODY')], {}, hooks({}, {}, BY_TEXT)),
    },
    failing: [
      ...[
        hooks({ SCHEME: undefined }),
        hooks({}, { Other: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', Integration: { Type: 'HTTP_PROXY' } } } }),
        hooks({}, { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: {} } } }),
        hooks({}, { Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'OPTIONS' } } }),
        hooks({}, {}, UNKNOWN),
        hooks({}, {}, 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/1'),
        hooks({}, { More: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: ACL_ARN, ResourceArn: UNKNOWN } } }),
        {},
      ].map((behind) => ({
        finding: `RuleOverridden::${COMMON}/GenericLFI_BODY`, template: acl([overridden({ Count: {} }, 'GenericLFI_BODY')], {}, behind),
      })),
      { finding: 'UnresolvedAssociation', template: acl([overridden({ Count: {} }, 'GenericLFI_BODY')], {}, hooks({}, { More: ANY_ACL })) },
      { finding: `RuleOverridden::${COMMON}/GenericLFI_BODY`, template: acl([overridden({ Allow: {} }, 'GenericLFI_BODY')], {}, hooks()) },
      { finding: `RuleOverridden::${COMMON}/NoUserAgent_HEADER`, template: acl([overridden({ Count: {} }, 'NoUserAgent_HEADER')], {}, hooks()) },
      { finding: `GroupCounts::${COMMON}`, template: acl([managed(COMMON, {}, { OverrideAction: { Count: {} } })]) },
      { finding: 'GroupCounts::Shared', template: acl([referring({ OverrideAction: { Count: {} } })], {}, group([geo()])) },
      { finding: 'RuleCounts::Geo', template: acl([geo('Geo', { Action: { Count: {} } })]) },
      { finding: 'RuleCounts::Geo', template: { Resources: group([geo('Geo', { Action: { Count: {} } })]) } },
      { finding: 'RuleAllows::Partner', template: acl([geo('Partner', { Priority: 0, Action: { Allow: {} } }), geo('Geo', { Priority: 1 })]) },
      { finding: 'RuleAllows::Shared/Partner', template: acl([referring(), geo()], {}, group([geo('Partner', { Action: { Allow: {} } })])) },
      { finding: `RuleOverridden::${COMMON}/SizeRestrictions_BODY`, template: acl([overridden({ Count: {} })]) },
      { finding: `RuleOverridden::${COMMON}/SizeRestrictions_BODY`, template: acl([overridden({ Allow: {} }), size()]) },
      { finding: `RuleOverridden::${COMMON}/SizeRestrictions_BODY`, template: acl([overridden({ Count: {} }), size({}, { Body: {} })]) },
      { finding: `RuleOverridden::${COMMON}/NoUserAgent_HEADER`, template: acl([overridden({ Count: {} }, 'NoUserAgent_HEADER'), size()]) },
      { finding: `RuleOverridden::${COMMON}/GenericLFI_BODY`, template: acl([managed(COMMON, { ExcludedRules: [{ Name: 'GenericLFI_BODY' }] })]) },
      { finding: 'RuleOverridden::Shared/Geo', template: acl([referring({}, { RuleActionOverrides: [{ Name: 'Geo', ActionToUse: { Count: {} } }] })], {}, group([geo()])) },
      { finding: 'UnresolvedAction', template: acl(UNKNOWN) },
      { finding: 'UnresolvedAction', template: acl([geo('Geo', { Action: UNKNOWN })]) },
      { finding: 'UnresolvedAction', template: acl([overridden(UNKNOWN)]) },
      { finding: 'UnresolvedAction', template: acl([geo('Geo', { Action: { Count: {}, Block: {} } })]) },
      { finding: 'UnresolvedAction', template: acl([managed(COMMON, {}, { OverrideAction: UNKNOWN })]) },
      { finding: 'UnresolvedAction', template: acl([geo('Partner', { Priority: UNKNOWN, Action: { Allow: {} } }), geo()]) },
    ],
    mutations: [
      { name: 'switch a group to Count', finding: `GroupCounts::${BAD_INPUTS}`, mutate: (t) => { rulesOf(t)[2].OverrideAction = { Count: {} }; } },
      { name: 'switch a rule to Count', finding: 'RuleCounts::Rate', mutate: (t) => { rulesOf(t)[3].Action = { Count: {} }; } },
      { name: 'let a rule allow', finding: 'RuleAllows::Rate', mutate: (t) => { rulesOf(t)[3].Action = { Allow: {} }; rulesOf(t)[3].Priority = -1; } },
      {
        name: 'override a rule of a group',
        finding: `RuleOverridden::${BAD_INPUTS}/Log4JRCE_BODY`,
        mutate: (t) => { rulesOf(t)[2].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'Log4JRCE_BODY', ActionToUse: { Count: {} } }]; },
      },
    ],
  },
  {
    control: 'WAF-RATE-LIMIT',
    passing: {
      'each address': acl([rate()]),
      'a forwarded address, in a minute': acl([rate({
        AggregateKeyType: 'FORWARDED_IP', Limit: '100', EvaluationWindowSec: 60, ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' },
      })]),
      'each address in a network, beside a stricter one for some': acl([
        rate({ AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ IP: {} }, { ASN: {} }] }), rate({ Limit: 10, ScopeDownStatement: path }),
      ]),
      'a rule in a group': acl([referring()], {}, group([rate()])),
    },
    failing: [
      { finding: 'NoRateRule', template: acl(baseline()) },
      { finding: 'NoRateRule', template: acl([]) },
      { finding: 'RateRuleDoesNotBlock', template: acl([rate({}, { Action: { Count: {} } })]) },
      { finding: 'RateRuleDoesNotBlock', template: acl([referring({ OverrideAction: { Count: {} } })], {}, group([rate()])) },
      { finding: 'RateRuleDoesNotBlock', template: acl([referring({}, { RuleActionOverrides: [{ Name: 'Rate', ActionToUse: { Count: {} } }] })], {}, group([rate()])) },
      { finding: 'ScopedDown', template: acl([rate({ ScopeDownStatement: path })]) },
      { finding: 'CallerChoosesKey', template: acl([rate({ AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ IP: {} }, { Header: { Name: 'x-api-key', ...UNCHANGED } }] })]) },
      { finding: 'CallerChoosesKey', template: acl([rate({ AggregateKeyType: 'CUSTOM_KEYS' })]) },
      { finding: 'TooHigh', template: acl([rate({ Limit: 30001 })]) },
      { finding: 'UnresolvedRate', template: acl(UNKNOWN) },
      { finding: 'UnresolvedRate', template: acl([rate({ Limit: UNKNOWN })]) },
      { finding: 'UnresolvedRate', template: acl([rate({ AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: UNKNOWN })]) },
      { finding: 'UnresolvedRate', template: acl([referring({ OverrideAction: UNKNOWN })], {}, group([rate()])) },
      { finding: 'UnresolvedRate', template: acl([referring({}, { Arn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/theirs/1' })]) },
    ],
    mutations: [
      { name: 'drop the rule', finding: 'NoRateRule', mutate: (t) => rulesOf(t).pop() },
      { name: 'count only', finding: 'RateRuleDoesNotBlock', mutate: (t) => { rulesOf(t)[0].Action = { Count: {} }; } },
      { name: 'raise the limit', finding: 'TooHigh', mutate: (t) => { rulesOf(t)[0].Statement.RateBasedStatement.Limit = 2000000000; } },
      { name: 'limit one path', finding: 'ScopedDown', mutate: (t) => { rulesOf(t)[0].Statement.RateBasedStatement.ScopeDownStatement = path; } },
    ],
  },
  {
    control: 'WAF-BODY-SIZE',
    passing: {
      'a rule of its own': acl([size()]),
      'the core rule set': acl([managed(COMMON)]),
      'the core rule set, another rule of which counts': acl([overridden({ Count: {} }, 'NoUserAgent_HEADER')]),
      'a limit beyond what is inspected, whose rest is blocked': acl([size({ Size: 1000000 })]),
      'a limit within the larger part that is inspected': acl([size({ Size: 60000, ComparisonOperator: 'GE' })], {
        AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } },
      }),
      'a limit of its own, where only deployment tells what is inspected': acl([size()], { AssociationConfig: { RequestBody: UNKNOWN } }),
      'a limit below all that is inspected': acl([size({ Size: 8192, ComparisonOperator: 'GE' }, { Body: {} })]),
      'a JSON body': acl([size({}, { JsonBody: { ...JSON_BODY, OversizeHandling: 'MATCH' } })]),
      'one of several reasons': acl([rule('Size', { OrStatement: { Statements: [path, constraint()] } })]),
      'a rule in a group, for CloudFront': acl([referring()], { Scope: 'CLOUDFRONT' }, group([size()])),
      'receivers of webhooks, which bound bodies themselves': acl([rate()], {}, hooks()),
    },
    failing: [
      { finding: 'NoSizeRule', template: acl([rate()]) },
      { finding: 'UnresolvedAssociation', template: acl([rate()], {}, hooks({}, { More: ANY_ACL })) },
      { finding: 'NoSizeRule', template: acl([overridden({ Count: {} })]) },
      { finding: 'NoSizeRule', template: acl([managed(COMMON, {}, { OverrideAction: { Count: {} } })]) },
      { finding: 'NoSizeRule', template: acl([managed(COMMON, { ScopeDownStatement: path })]) },
      { finding: 'NoSizeRule', template: acl([size({}, { QueryString: {} })]) },
      { finding: 'NoSizeRule', template: acl([size({ ComparisonOperator: 'LT' })]) },
      { finding: 'DoesNotBlock', template: acl([size({}, undefined, { Action: { Count: {} } })]) },
      { finding: 'OversizePasses', template: acl([size({}, { Body: {} })]) },
      { finding: 'OversizePasses', template: acl([size({ Size: 8192 }, { Body: { OversizeHandling: 'CONTINUE' } })]) },
      { finding: 'OversizePasses', template: acl([size({ Size: 10 }, { Body: { OversizeHandling: 'NO_MATCH' } })]) },
      { finding: 'OversizePasses', template: acl([size({ Size: 10 }, { JsonBody: JSON_BODY })]) },
      { finding: 'OversizePasses', template: acl([size({ Size: 10, TextTransformations: [{ Priority: 0, Type: 'COMPRESS_WHITE_SPACE' }] }, { Body: {} })]) },
      { finding: 'SomeRequests', template: acl([rule('Size', { AndStatement: { Statements: [{ NotStatement: { Statement: path } }, constraint()] } })]) },
      { finding: 'UnresolvedSize', template: acl(UNKNOWN) },
      { finding: 'UnresolvedSize', template: acl([size({ Size: UNKNOWN })]) },
      { finding: 'UnresolvedSize', template: acl([managed(COMMON, { RuleActionOverrides: [{ Name: UNKNOWN, ActionToUse: { Count: {} } }] })]) },
      { finding: 'UnresolvedSize', template: acl([overridden(UNKNOWN)]) },
      { finding: 'UnresolvedSize', template: acl([managed(COMMON, {}, { OverrideAction: UNKNOWN })]) },
      { finding: 'UnresolvedSize', template: acl([size({ ComparisonOperator: UNKNOWN })]) },
      { finding: 'UnresolvedSize', template: acl([size({}, { Body: { OversizeHandling: UNKNOWN } })]) },
    ],
    mutations: [
      { name: 'drop the rule', finding: 'NoSizeRule', mutate: (t) => rulesOf(t).pop() },
      { name: 'count only', finding: 'DoesNotBlock', mutate: (t) => { rulesOf(t)[0].Action = { Count: {} }; } },
      {
        name: 'let pass what is not inspected',
        finding: 'OversizePasses',
        mutate: (t) => { rulesOf(t)[0].Statement.SizeConstraintStatement.FieldToMatch.Body.OversizeHandling = 'CONTINUE'; },
      },
    ],
  },
  {
    control: 'WAF-METRICS',
    passing: { 'all of them': acl([rate(), geo()]), 'a group': { Resources: group([geo()]) } },
    failing: [
      { finding: 'MetricsOff', template: acl([rate()], { VisibilityConfig: { ...VISIBLE, CloudWatchMetricsEnabled: false } }) },
      { finding: 'RuleMetricsOff::Rate', template: acl([rate({}, { VisibilityConfig: { ...VISIBLE, CloudWatchMetricsEnabled: 'false' } })]) },
      { finding: 'RuleMetricsOff::Geo', template: { Resources: group([geo('Geo', { VisibilityConfig: {} })]) } },
      { finding: 'UnresolvedMetrics', template: acl(UNKNOWN) },
      { finding: 'UnresolvedMetrics', template: acl([rate({}, { VisibilityConfig: UNKNOWN })]) },
      { finding: 'UnresolvedMetrics', template: acl([rate({}, { VisibilityConfig: { ...VISIBLE, CloudWatchMetricsEnabled: UNKNOWN } })]) },
    ],
    mutations: [
      { name: 'switch the metrics off', finding: 'MetricsOff', mutate: (t) => { t.Resources.Acl.Properties.VisibilityConfig.CloudWatchMetricsEnabled = false; } },
      { name: 'switch those of a rule off', finding: 'RuleMetricsOff::Geo', mutate: (t) => { rulesOf(t)[1].VisibilityConfig.CloudWatchMetricsEnabled = false; } },
    ],
  },
  {
    control: 'WAF-RULE-GROUP-EMPTY',
    passing: { 'a rule': { Resources: group([geo()]) } },
    failing: [
      { finding: 'NoRules', template: { Resources: group(undefined) } },
      { finding: 'UnresolvedRules', template: { ...TOLD, Resources: group(UNKNOWN) } },
    ],
    mutations: [{ name: 'drop the rule', finding: 'NoRules', mutate: (t) => t.Resources.Group.Properties.Rules.pop() }],
  },
];
