import { App, CfnResource, Duration, Lazy, Mixin, Mixins, Size, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { api, core } from '../../../src';
import { check, RULES } from '../../../src/rules';

const { mixins } = api;
const VISIBLE = { cloudWatchMetricsEnabled: true, metricName: 'edge', sampledRequestsEnabled: true };
const COMMON = 'AWSManagedRulesCommonRuleSet';
const GEO = { geoMatchStatement: { countryCodes: ['XX'] } };

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

function acl(rules: any[] = [], more: Partial<wafv2.CfnWebACLProps> = {}): wafv2.CfnWebACL {
  return new wafv2.CfnWebACL(stack, 'It', { scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig: VISIBLE, rules, ...more });
}

function logging(redactedFields?: any): wafv2.CfnLoggingConfiguration {
  return new wafv2.CfnLoggingConfiguration(stack, 'It', { logDestinationConfigs: ['arn:aws:s3:::aws-waf-logs'], resourceArn: 'acl', redactedFields });
}

const rule = (name: string, priority: number, action: object) => ({ name, priority, action, statement: GEO, visibilityConfig: VISIBLE });

const common = (statement: object = {}, overrideAction: object = { none: {} }) => ({
  name: 'Common', priority: 0, overrideAction, visibilityConfig: VISIBLE, statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: COMMON, ...statement } },
});

function properties(type = 'AWS::WAFv2::WebACL'): any {
  return Object.values<any>(Template.fromStack(stack).findResources(type))[0].Properties;
}

function findings(): string[] {
  return check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => control.startsWith('WAF-')))
    .filter(({ finding }) => finding !== '').map(({ control, finding }) => `${control}[${finding}]`);
}

describe('managed rules', () => {
  test('come behind the rules that are there, and act', () => {
    acl([rule('Geo', 7, { block: {} })]).with(new mixins.WebAclManagedRules());
    expect(properties().Rules.map(({ Name, Priority, OverrideAction }: any) => [Name, Priority, OverrideAction])).toEqual([
      ['Geo', 7, undefined],
      ['AWS-AWSManagedRulesAmazonIpReputationList', 8, { None: {} }],
      ['AWS-AWSManagedRulesCommonRuleSet', 9, { None: {} }],
      ['AWS-AWSManagedRulesKnownBadInputsRuleSet', 10, { None: {} }],
    ]);
  });

  test('lose their scope-down statement, and keep version and overrides', () => {
    acl([common({ scopeDownStatement: GEO, version: 'Version_1.4', ruleActionOverrides: [{ name: 'NoUserAgent_HEADER', actionToUse: { challenge: {} } }] })])
      .with(new mixins.WebAclManagedRules());
    expect(properties().Rules[0].Statement.ManagedRuleGroupStatement).toEqual({
      Name: COMMON, RuleActionOverrides: [{ ActionToUse: { Challenge: {} }, Name: 'NoUserAgent_HEADER' }], VendorName: 'AWS', Version: 'Version_1.4',
    });
  });

  test('applied twice are there once', () => {
    acl().with(new mixins.WebAclManagedRules(), new mixins.WebAclManagedRules());
    expect(properties().Rules).toHaveLength(3);
  });

  test('join rules that a list holds only once it is rendered', () => {
    acl(Lazy.any({ produce: () => [rule('Geo', 0, { block: {} })] }) as any).with(new mixins.WebAclManagedRules());
    expect(properties().Rules.map(({ Priority }: any) => Priority)).toEqual([0, 1, 2, 3]);
  });
});

describe('rules that act', () => {
  test('block instead of count', () => {
    acl([rule('Geo', 1, { count: {} }), rule('Puzzle', 2, { captcha: {} })]).with(new mixins.WebAclBlocks());
    expect(properties().Rules.map(({ Action }: any) => Action)).toEqual([{ Block: {} }, { Captcha: {} }]);
  });

  test('take overrides to Count away, and keep those that act', () => {
    acl([common({
      ruleActionOverrides: [{ name: 'GenericLFI_BODY', actionToUse: { count: {} } }, { name: 'NoUserAgent_HEADER', actionToUse: { captcha: {} } }],
      excludedRules: [{ name: 'GenericRFI_BODY' }],
    }, { count: {} })]).with(new mixins.WebAclBlocks());
    const [{ OverrideAction, Statement }] = properties().Rules;
    expect(OverrideAction).toEqual({ None: {} });
    expect(Statement.ManagedRuleGroupStatement).toEqual({
      Name: COMMON, RuleActionOverrides: [{ ActionToUse: { Captcha: {} }, Name: 'NoUserAgent_HEADER' }], VendorName: 'AWS',
    });
  });

  test('leave the managed size rule on Count where another rule bounds the body', () => {
    acl([common({ ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }] })])
      .with(new mixins.WebAclBodySize(Size.kibibytes(16)), new mixins.WebAclBlocks());
    expect(properties().Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([{ ActionToUse: { Count: {} }, Name: 'SizeRestrictions_BODY' }]);
  });

  test('let an allow come last, once', () => {
    acl([rule('Partner', 0, { allow: {} }), rule('Geo', 1, { block: {} }), rule('Last', 5, { allow: {} })])
      .with(new mixins.WebAclBlocks(), new mixins.WebAclBlocks());
    expect(properties().Rules.map(({ Name, Priority }: any) => [Name, Priority])).toEqual([['Partner', 6], ['Geo', 1], ['Last', 5]]);
  });

  test('stand in rule groups as well', () => {
    new wafv2.CfnRuleGroup(stack, 'Group', { capacity: 1, scope: 'REGIONAL', visibilityConfig: VISIBLE, rules: [rule('Geo', 0, { count: {} })] });
    Mixins.of(stack).apply(new mixins.WebAclBlocks());
    expect(properties('AWS::WAFv2::RuleGroup').Rules[0].Action).toEqual({ Block: {} });
  });
});

describe('a rate limit', () => {
  test('counts each address, unless told otherwise over five minutes', () => {
    acl().with(new mixins.WebAclRateLimit());
    expect(properties().Rules).toEqual([{
      Action: { Block: {} },
      Name: 'AddressRateLimit',
      Priority: 0,
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 } },
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'AddressRateLimit', SampledRequestsEnabled: false },
    }]);
  });

  test('applied twice is there once, with the later limit', () => {
    acl().with(new mixins.WebAclRateLimit(), new mixins.WebAclRateLimit(100, Duration.minutes(1)));
    expect(properties().Rules.map(({ Statement }: any) => Statement.RateBasedStatement.Limit)).toEqual([100]);
  });

  test.each([[9, 'a whole number between 10 and 30000, got 9'], [30001, 'a whole number between 10 and 30000, got 30001']])('rejects %d requests', (requests, told) => {
    expect(() => acl().with(new mixins.WebAclRateLimit(requests))).toThrow(`[Stack/It] 'requests' must be ${told}; choose one in that range`);
  });

  test('rejects a window that AWS WAF does not know', () => {
    expect(() => acl().with(new mixins.WebAclRateLimit(100, Duration.minutes(3))))
      .toThrow("[Stack/It] 'window' must be 1, 2, 5 or 10 minutes, got 180 seconds; AWS WAF counts over these alone");
  });
});

describe('a limit of the body', () => {
  test('blocks what AWS WAF cannot see whole', () => {
    acl().with(new mixins.WebAclBodySize());
    expect(properties().Rules[0]).toMatchObject({
      Action: { Block: {} },
      Name: 'BodySizeLimit',
      Statement: { SizeConstraintStatement: { ComparisonOperator: 'GT', FieldToMatch: { Body: { OversizeHandling: 'MATCH' } }, Size: 8192 } },
    });
  });

  test.each([0, 65])('rejects %d KiB', (kibibytes) => {
    expect(() => acl().with(new mixins.WebAclBodySize(Size.kibibytes(kibibytes))))
      .toThrow(`[Stack/It] 'limit' must be between 1 and 65536 bytes, got ${kibibytes * 1024}; AWS WAF inspects no more of a body`);
  });
});

test('metrics are switched on everywhere, under the names that are there', () => {
  acl([{ ...rule('Geo', 0, { block: {} }), visibilityConfig: { ...VISIBLE, cloudWatchMetricsEnabled: false, metricName: 'geo' } }],
    { visibilityConfig: { ...VISIBLE, cloudWatchMetricsEnabled: false } }).with(new mixins.WebAclMetrics());
  const { VisibilityConfig, Rules } = properties();
  expect([VisibilityConfig, Rules[0].VisibilityConfig]).toEqual(['edge', 'geo']
    .map((MetricName) => ({ CloudWatchMetricsEnabled: true, MetricName, SampledRequestsEnabled: true })));
});

describe('protection of data', () => {
  test('adds credentials to the headers that are protected already', () => {
    acl([], {
      dataProtectionConfig: {
        dataProtections: [
          { action: 'HASH', field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['X-Partner', 'Cookie'] } },
          { action: 'SUBSTITUTION', field: { fieldType: 'QUERY_STRING' } },
        ],
      },
    }).with(new mixins.WebAclDataProtection());
    expect(properties().DataProtectionConfig.DataProtections).toEqual([
      { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
      { Action: 'SUBSTITUTION', Field: { FieldKeys: ['authorization', 'cookie', 'dpop', 'proxy-authorization', 'x-api-key', 'X-Partner'], FieldType: 'SINGLE_HEADER' } },
    ]);
  });

  test('leaves every header protected where it was', () => {
    acl([], { dataProtectionConfig: { dataProtections: [{ action: 'HASH', field: { fieldType: 'SINGLE_HEADER' } }] } }).with(new mixins.WebAclDataProtection());
    expect(properties().DataProtectionConfig.DataProtections).toEqual([{ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER' } }]);
  });

  test('refuses a list that only deployment tells', () => {
    acl([], { dataProtectionConfig: { dataProtections: Token.asAny({ Ref: 'Told' }) as any } }).with(new mixins.WebAclDataProtection());
    expect(() => app.synth()).toThrow('[Stack/It] WAF-SAMPLES does not hold although api.mixins.WebAclDataProtection applied it: '
      + "'DataProtectionConfig' must replace authorization, cookie, dpop, proxy-authorization, x-api-key");
  });
});

test('redaction of the log keeps what is redacted already', () => {
  logging([{ queryString: {} }, { singleHeader: { Name: 'Authorization' } }]).with(new mixins.WebAclLogRedaction());
  expect(properties('AWS::WAFv2::LoggingConfiguration').RedactedFields).toEqual([
    { QueryString: {} }, ...['Authorization', 'cookie', 'dpop', 'proxy-authorization', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })),
  ]);
});

describe('what a later line undoes', () => {
  const drop = (property: string) => (it: CfnResource) => it.addPropertyDeletionOverride(property);
  const count = (it: CfnResource) => {
    it.addPropertyOverride('Rules.0.Action.Count.CustomRequestHandling.InsertHeaders', [{ Name: 'seen', Value: 'yes' }]);
    it.addPropertyDeletionOverride('Rules.0.Action.Block');
  };

  test.each<[string, () => CfnResource, () => Mixin, (it: CfnResource) => void]>([
    ['WAF-MANAGED-RULES', acl, () => new mixins.WebAclManagedRules(), drop('Rules')],
    ['WAF-BLOCKS', () => acl([rule('Geo', 0, { block: {} })]), () => new mixins.WebAclBlocks(), count],
    ['WAF-BLOCKS', acl, () => new mixins.WebAclBlocks(), (it) => it.addPropertyOverride('Rules', { Ref: 'Told' })],
    ['WAF-METRICS', acl, () => new mixins.WebAclMetrics(), (it) => it.addPropertyOverride('VisibilityConfig.CloudWatchMetricsEnabled', false)],
    ['WAF-METRICS', acl, () => new mixins.WebAclMetrics(), (it) => it.addPropertyOverride('Rules', { Ref: 'Told' })],
    ['WAF-RATE-LIMIT', acl, () => new mixins.WebAclRateLimit(), drop('Rules.0.Action.Block')],
    ['WAF-BODY-SIZE', acl, () => new mixins.WebAclBodySize(), drop('Rules.0.Statement.SizeConstraintStatement.FieldToMatch.Body.OversizeHandling')],
    ['WAF-SAMPLES', acl, () => new mixins.WebAclDataProtection(), drop('DataProtectionConfig')],
    ['WAF-LOG-REDACTION', logging, () => new mixins.WebAclLogRedaction(), drop('RedactedFields')],
  ])('%s fails the synthesis, unless it is waived', (control, make, mixin, undo) => {
    const it = make();
    const applied = mixin();
    it.with(applied);
    undo(it);
    expect(() => app.synth()).toThrow(`[Stack/It] ${control} does not hold although api.mixins.${applied.constructor.name} applied it: `);

    core.Waiver.because('the vendor forbids it until the migration', { owner: 'edi-team', expires: '2027-06-30' }).applyTo(it, control, ONE_FINDING[control]);
    expect(() => app.synth({ force: true })).not.toThrow();
  });
});

/** Controls whose findings name what they found are waived finding by finding. */
const ONE_FINDING: Readonly<Record<string, string>> = {
  'WAF-BLOCKS': 'RuleCounts::Geo',
  'WAF-LOG-REDACTION': 'NotRedacted::cookie',
  'WAF-MANAGED-RULES': 'NoRules',
  'WAF-METRICS': 'MetricsOff',
  'WAF-SAMPLES': 'InClear::cookie',
};

test('mixins leave other resources alone', () => {
  const other = new CfnResource(stack, 'Other', { type: 'Custom::Other' });
  const all = [
    new mixins.WebAclManagedRules(), new mixins.WebAclBlocks(), new mixins.WebAclMetrics(), new mixins.WebAclRateLimit(), new mixins.WebAclBodySize(),
    new mixins.WebAclDataProtection(), new mixins.WebAclLogRedaction(),
  ];
  for (const mixin of all) {
    expect(mixin.supports(other)).toBe(false);
    mixin.applyTo(other);
  }
  Template.fromStack(stack).templateMatches({ Resources: { Other: { Type: 'Custom::Other' } } });
});

test('every mixin together leaves the log and the alarm, which are resources of their own', () => {
  acl();
  Mixins.of(stack).apply(
    new mixins.WebAclManagedRules(), new mixins.WebAclRateLimit(), new mixins.WebAclBodySize(), new mixins.WebAclMetrics(),
    new mixins.WebAclDataProtection(), new mixins.WebAclBlocks(),
  );
  expect(findings()).toEqual(['WAF-BLOCK-ALARM[NoAlarm]', 'WAF-LOGGING[NoLogging]']);
});
