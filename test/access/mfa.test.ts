import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allowed, EVERYTHING } from './judge';
import { CallerName, CALLERS } from './people';
import { managedOf, trustOf } from './statements';
import { ACCOUNT, catalogueIn, resourcesOf, stackIn } from './world';
import { access } from '../../src';
import { Context } from '../proofs/iam/call';

const NAMES = Object.keys(CALLERS) as CallerName[];
const ROLE = `arn:aws:iam::${ACCOUNT}:role/access/auditor/auditor`;
const PROVIDER = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`;
const AUDIENCE = { 'saml:aud': 'https://signin.aws.amazon.com/saml' };

const stack = stackIn();
catalogueIn(stack);
const resources = resourcesOf(stack);

const saml = (options?: access.SamlOptions) => {
  const other = stackIn();
  const provider = iam.SamlProvider.fromSamlProviderArn(other, 'Corp', PROVIDER);
  new access.AuditorRole(other, 'Auditor', { workforce: access.Workforce.saml(provider, options) });
  return trustOf(resourcesOf(other), 'Auditor');
};

describe('a role for IAM users', () => {
  const trust = trustOf(resources, 'Auditor');
  const assumes = (name: CallerName, sessionName = 'ann', policy = trust) => allowed({
    principal: CALLERS[name].principal, action: 'sts:AssumeRole', resource: ROLE, context: { ...CALLERS[name].context, 'sts:RoleSessionName': sessionName },
  }, { identity: [EVERYTHING], resource: policy });

  test.each<[CallerName, boolean]>(NAMES.map((name) => [
    name, ['console with MFA', 'long-term key with a code', 'session token with MFA'].includes(name),
  ]))('is for %s: %s', async (name, expected) => {
    expect(await assumes(name)).toBe(expected);
  });

  test('is not for somebody whose session is named after another', async () => {
    expect(await assumes('console with MFA', 'bob')).toBe(false);
  });

  test('takes a second factor that is as old as the workforce says', async () => {
    const other = stackIn();
    new access.AuditorRole(other, 'Auditor', { workforce: access.Workforce.iamUsers({ maxMfaAge: Duration.hours(3) }) });
    const policy = trustOf(resourcesOf(other), 'Auditor');

    expect(await assumes('console with MFA of two hours ago', 'ann', policy)).toBe(true);
    expect(await assumes('console without MFA', 'ann', policy)).toBe(false);
  });
});

describe('a role for people of a SAML provider', () => {
  const assumes = (policy: unknown, context: Context, principal = PROVIDER, action = 'sts:AssumeRoleWithSAML') =>
    allowed({ principal, action, resource: ROLE, context }, { resource: policy });

  test.each<[string, Context, string, boolean]>([
    ['an assertion for AWS', AUDIENCE, PROVIDER, true],
    ['an assertion for somebody else', { 'saml:aud': 'https://example.com/saml' }, PROVIDER, false],
    ['an assertion for nobody', {}, PROVIDER, false],
    ['an assertion of another provider', AUDIENCE, `${PROVIDER}-test`, false],
  ])('takes %s', async (_name, context, principal, expected) => {
    expect(await assumes(saml(), context, principal)).toBe(expected);
  });

  test.each<[string, Context, boolean]>([
    ['that says so', { 'aws:RequestTag/mfa': 'true' }, true],
    ['that says no', { 'aws:RequestTag/mfa': 'false' }, false],
    ['that says nothing', {}, false],
  ])('with a tag for the second factor takes an assertion %s', async (_name, tags, expected) => {
    expect(await assumes(saml({ mfaTag: 'mfa' }), { ...AUDIENCE, ...tags })).toBe(expected);
  });

  test.each(NAMES)('is not for %s', async (name) => {
    expect(await assumes(saml(), CALLERS[name].context, CALLERS[name].principal, 'sts:AssumeRole')).toBe(false);
  });
});

describe('the guard of IAM users', () => {
  const guard = managedOf(resources, 'MfaGuard').Statement as unknown[];
  const may = (name: CallerName, action: string, resource: string, extra: Context = {}) => allowed({
    principal: CALLERS[name].principal, action, resource, context: { ...CALLERS[name].context, ...extra },
  }, { identity: [EVERYTHING, ...guard] });
  const users = NAMES.filter((name) => CALLERS[name].principal === `arn:aws:iam::${ACCOUNT}:user/ann`);
  const OWN = `arn:aws:iam::${ACCOUNT}:user/ann`;

  test.each<[CallerName, boolean, boolean, boolean]>(users.map((name) => {
    const recent = ['console with MFA', 'long-term key with a code', 'session token with MFA'].includes(name);
    const key = name.startsWith('long-term');
    const old = name.endsWith('ago');
    return [name, recent, !key && !old, true];
  }))('lets %s do its work: %s, enrol a device: %s, see itself: %s', async (name, works, enrols, sees) => {
    expect(await may(name, 's3:GetObject', 'arn:aws:s3:::reports/may.csv')).toBe(works);
    expect(await may(name, 'sts:AssumeRole', ROLE)).toBe(works);
    expect(await may(name, 'iam:EnableMFADevice', OWN)).toBe(enrols);
    expect(await may(name, 'iam:CreateVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/ann`)).toBe(enrols);
    expect(await may(name, 'iam:ListVirtualMFADevices', '*')).toBe(enrols);
    expect(await may(name, 'iam:GetUser', OWN)).toBe(sees);
  });

  test('lets nobody take a device off who has not given a second factor', async () => {
    expect(await may('console without MFA', 'iam:DeactivateMFADevice', OWN)).toBe(false);
    expect(await may('long-term key', 'iam:DeactivateMFADevice', OWN)).toBe(false);
    expect(await may('console with MFA', 'iam:DeactivateMFADevice', OWN)).toBe(true);
  });

  test('gives users their own password and devices, and nobody else\'s', async () => {
    const alone = (action: string, resource: string) => allowed(
      { principal: OWN, action, resource, context: CALLERS['console with MFA'].context }, { identity: guard });

    expect(await alone('iam:ChangePassword', OWN)).toBe(true);
    expect(await alone('iam:DeactivateMFADevice', OWN)).toBe(true);
    expect(await alone('iam:CreateVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/ann-phone`)).toBe(true);
    expect(await alone('iam:ListVirtualMFADevices', '*')).toBe(true);
    expect(await alone('iam:DeactivateMFADevice', `arn:aws:iam::${ACCOUNT}:user/bob`)).toBe(false);
    expect(await alone('iam:DeleteVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/bob`)).toBe(false);
    expect(await alone('iam:CreateAccessKey', OWN)).toBe(false);
  });
});

describe('the registration of security keys', () => {
  const guard = managedOf(resources, 'SecurityKeys').Statement as unknown[];
  const enrols = (context: Context, statements = guard) => allowed({
    principal: CALLERS['console with MFA'].principal,
    action: 'iam:EnableMFADevice',
    resource: `arn:aws:iam::${ACCOUNT}:user/ann`,
    context: { ...CALLERS['console with MFA'].context, ...context },
  }, { identity: [EVERYTHING, ...statements] });
  const activated = (fido?: string, fips?: Context): Context => ({
    'iam:RegisterSecurityKey': 'Activate', ...(fido !== undefined && { 'iam:FIDO-certification': fido }), ...fips,
  });
  const FIPS_2 = { 'iam:FIDO-FIPS-140-2-certification': 'L2' };

  test.each<[string, Context, boolean]>([
    ['begins', { 'iam:RegisterSecurityKey': 'Create' }, true],
    ['has L2 and FIPS 140-2 level 2', activated('L2', FIPS_2), true],
    ['has L3plus and FIPS 140-3 level 3', activated('L3plus', { 'iam:FIDO-FIPS-140-3-certification': 'L3' }), true],
    ['has L1', activated('L1', FIPS_2), false],
    ['has L1plus', activated('L1plus', FIPS_2), false],
    ['has L2 and FIPS 140-2 level 1', activated('L2', { 'iam:FIDO-FIPS-140-2-certification': 'L1' }), false],
    ['has L2 and no FIPS', activated('L2'), false],
    ['is a synced passkey, which has no certificate', activated(), false],
    ['is an authenticator app', {}, false],
  ])('of a device that %s: %s', async (_name, context, expected) => {
    expect(await enrols(context)).toBe(expected);
  });

  test('asks for no FIPS unless told to', async () => {
    const other = stackIn();
    new access.HardwareKeyRegistration(other, 'SecurityKeys', { minimumLevel: access.SecurityKeyLevel.L1 });
    const statements = managedOf(resourcesOf(other), 'SecurityKeys').Statement as unknown[];

    expect(await enrols(activated('L1'), statements)).toBe(true);
    expect(await enrols(activated(), statements)).toBe(false);
  });

  test('refuses authenticator apps when they are made', async () => {
    expect(await allowed({
      principal: CALLERS['console with MFA'].principal,
      action: 'iam:CreateVirtualMFADevice',
      resource: `arn:aws:iam::${ACCOUNT}:mfa/ann`,
      context: CALLERS['console with MFA'].context,
    }, { identity: [EVERYTHING, ...guard] })).toBe(false);
  });
});
