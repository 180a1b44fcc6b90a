import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { audit } from '../../src';

const PACK = join(__dirname, 'packs/two-rules.yaml');

const newStack = () => new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });

describe('refuses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  const [tooLarge, inOneLine, ofNone] = ['large.yaml', 'line.json', 'none.yaml'].map((name) => join(folder, name));
  writeFileSync(tooLarge, Buffer.alloc(300 * 1024 + 1, 0x20));
  writeFileSync(ofNone, 'Parameters:\n  Type:\n    Type: String\n');
  writeFileSync(inOneLine, JSON.stringify({ Resources: { Rule: { Type: 'AWS::Config::ConfigRule' }, Bucket: { Type: 'AWS::S3::Bucket' } } }));
  const recorded = audit.ConfigRecording.managedByOrganization();
  const ofPack = (pack: audit.ConformancePack) => ({ config: recorded, conformancePacks: [pack] });
  const sixtyOne = Object.fromEntries(Array.from({ length: 61 }, (_, index) => [`P${index}`, 'x']));

  test.each<[string, audit.ComplianceBaselineProps, string]>([
    ['nothing', {}, "'props' must name a service at least, got none; name what the account shall have on"],
    ['empty lists', { accountDefaults: [], conformancePacks: [] }, "'props' must name a service at least, got none; name what the account shall have on"],
    ['packs without a record', { conformancePacks: [audit.ConformancePack.fromFile('A', PACK)] },
      "'config' must say who records what 'conformancePacks' judges, got nothing; use ConfigRecording.here(), or ConfigRecording.managedByOrganization() where somebody else records"],
    ['standards without a record', { securityHub: audit.SecurityHub.enabled() },
      "'config' must say who records what 'securityHub' judges, got nothing; use ConfigRecording.here(), or ConfigRecording.managedByOrganization() where somebody else records"],
    ['two analyzers of a kind', { accessAnalyzers: [audit.AccessAnalyzer.externalAccess(), audit.AccessAnalyzer.externalAccess()] },
      "'accessAnalyzers' must have one of each kind, got a second of ACCOUNT; leave it out"],
    ['an analyzer of nothing', { accessAnalyzers: [audit.AccessAnalyzer.internalAccess({})] },
      "'internalAccess' must have a bucket or a table, got none; name what holds the most sensitive data"],
    ['an age of a day more than a year', { accessAnalyzers: [audit.AccessAnalyzer.unusedAccess({ after: Duration.days(366) })] },
      "'after' must be between 1 and 365 days, got 366; choose a whole number of days in that range"],
    ['a history of less than a year', { config: audit.ConfigRecording.here({ retention: Duration.days(364) }) },
      "'retention' must be between 365 and 3650 days, got 364; choose a whole number of days in that range"],
    ['a severity that there is not', { guardDuty: audit.GuardDuty.here({ alertFrom: 11 }) },
      "'alertFrom' must be between 1 and 10, got 11; 7 is where high severity begins"],
    ['a setting twice', { accountDefaults: [audit.AccountDefault.diskEncryption(), audit.AccountDefault.diskEncryption()] },
      "'accountDefaults' must name each setting once, got disk-encryption, disk-encryption; leave out what is there twice"],
    ['a pack of no name', ofPack(audit.ConformancePack.fromFile('1st', PACK)),
      "'name' must be letters, digits and hyphens after a letter, got '1st'; choose another name"],
    ['a pack that makes a bucket', ofPack(audit.ConformancePack.fromFile('A', join(__dirname, 'packs/with-a-bucket.yaml'))),
      "'path' must name a template of AWS::Config::ConfigRule and AWS::Config::RemediationConfiguration, got AWS::S3::Bucket; name another file"],
    ['a pack of no rules', ofPack(audit.ConformancePack.fromFile('A', ofNone)), 'got a file without resources; name another file'],
    ['a pack that is not there', ofPack(audit.ConformancePack.fromFile('A', 'packs/hipaa.yaml')),
      "'path' must name a file, got 'packs/hipaa.yaml', which is not there; download the pack from awslabs/aws-config-rules, or correct the path"],
    ['a bucket in a pack of one line', ofPack(audit.ConformancePack.fromFile('A', inOneLine)), 'got AWS::S3::Bucket; name another file'],
    ['a pack that is too large', ofPack(audit.ConformancePack.fromFile('A', tooLarge)),
      "'path' must name a file of 307200 bytes at most, got 307201; split the pack"],
    ['too many parameters', ofPack(audit.ConformancePack.fromFile('A', PACK, { parameters: sixtyOne })),
      "'parameters' must be 60 at most, got 61; write the others into the template"],
  ])('%s', (_what, props, message) => {
    expect(() => new audit.ComplianceBaseline(newStack(), 'Baseline', props)).toThrow(message);
  });
});
