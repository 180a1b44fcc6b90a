import { App, CfnResource, Duration, Mixin, Mixins, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { api, core } from '../../../src';
import { check, RULES } from '../../../src/rules';

const { mixins } = api;

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const pool = (props: cognito.CfnUserPoolProps = {}) => new cognito.CfnUserPool(stack, 'It', props);
const client = (props: Partial<cognito.CfnUserPoolClientProps> = {}) => new cognito.CfnUserPoolClient(stack, 'It', { userPoolId: 'eu-west-1_abcdefghi', ...props });
const identities = () => new cognito.CfnIdentityPool(stack, 'It', { allowUnauthenticatedIdentities: true });

function properties(type = 'AWS::Cognito::UserPool'): any {
  return Object.values<any>(Template.fromStack(stack).findResources(type))[0].Properties;
}

describe('a second factor', () => {
  test('is needed by every user, of an authenticator app too', () => {
    new cognito.UserPool(stack, 'Users', { mfa: cognito.Mfa.OPTIONAL, mfaSecondFactor: { sms: true, otp: false } }).with(new mixins.UserPoolMfa());
    expect(properties()).toMatchObject({ MfaConfiguration: 'ON', EnabledMfas: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] });
  });

  test('cannot be added to a list that only deployment tells', () => {
    pool({ enabledMfas: Token.asList({ Ref: 'Told' }) }).with(new mixins.UserPoolMfa());
    expect(() => app.synth()).toThrow("[Stack/It] COGNITO-MFA does not hold although api.mixins.UserPoolMfa applied it: 'MfaConfiguration' must be ON");
  });
});

describe('a password policy', () => {
  const MIXED = { RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true };

  test('asks for 12 characters of every kind', () => {
    pool({ policies: { signInPolicy: { allowedFirstAuthFactors: ['PASSWORD'] } } }).with(new mixins.UserPoolPasswordPolicy());
    expect(properties().Policies).toEqual({
      PasswordPolicy: { ...MIXED, MinimumLength: 12, TemporaryPasswordValidityDays: 7 }, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    });
  });

  test('keeps what is stricter', () => {
    pool({ policies: { passwordPolicy: { minimumLength: 20, passwordHistorySize: 4, temporaryPasswordValidityDays: 1 } } })
      .with(new mixins.UserPoolPasswordPolicy(14));
    expect(properties().Policies.PasswordPolicy).toEqual({ ...MIXED, MinimumLength: 20, PasswordHistorySize: 4, TemporaryPasswordValidityDays: 1 });
  });

  test('raises what is weaker', () => {
    pool({ policies: { passwordPolicy: { minimumLength: 8, temporaryPasswordValidityDays: 30 } } }).with(new mixins.UserPoolPasswordPolicy(14));
    expect(properties().Policies.PasswordPolicy).toEqual({ ...MIXED, MinimumLength: 14, TemporaryPasswordValidityDays: 7 });
  });

  test('that only deployment tells is refused', () => {
    pool({ policies: { passwordPolicy: Token.asAny({ Ref: 'Told' }) as any } }).with(new mixins.UserPoolPasswordPolicy());
    expect(() => app.synth()).toThrow('[Stack/It] COGNITO-PASSWORD-POLICY does not hold although api.mixins.UserPoolPasswordPolicy applied it: '
      + "'PasswordPolicy' must ask for 12 characters of every kind, and temporary passwords expire after 7 days");
  });

  test.each([11, 100])('rejects %d characters', (length) => {
    expect(() => pool().with(new mixins.UserPoolPasswordPolicy(length)))
      .toThrow(`[Stack/It] 'minimumLength' must be a whole number between 12 and 99, got ${length}; choose one in that range`);
  });
});

test('threat protection keeps what is set for other flows', () => {
  pool({ userPoolAddOns: { advancedSecurityMode: 'AUDIT', advancedSecurityAdditionalFlows: { customAuthMode: 'AUDIT' } } }).with(new mixins.UserPoolThreatProtection());
  expect(properties()).toEqual({
    UserPoolAddOns: { AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' }, AdvancedSecurityMode: 'ENFORCED' }, UserPoolTier: 'PLUS',
  });
});

test('sign-up by administrators keeps the invitation', () => {
  pool({ adminCreateUserConfig: { inviteMessageTemplate: { emailSubject: 'Welcome' } } }).with(new mixins.UserPoolSignUp());
  expect(properties().AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true, InviteMessageTemplate: { EmailSubject: 'Welcome' } });
});

describe('tokens of a client', () => {
  const told = () => properties('AWS::Cognito::UserPoolClient');

  test('live for an hour where the client says nothing', () => {
    client().with(new mixins.UserPoolClientTokens());
    expect(told()).toEqual({
      AccessTokenValidity: 1,
      EnableTokenRevocation: true,
      IdTokenValidity: 1,
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' },
      UserPoolId: 'eu-west-1_abcdefghi',
    });
  });

  test('keep a shorter life and lose a longer one', () => {
    new cognito.UserPool(stack, 'Users').addClient('Portal', {
      accessTokenValidity: Duration.minutes(10), idTokenValidity: Duration.hours(8), refreshTokenValidity: Duration.hours(12),
    }).with(new mixins.UserPoolClientTokens());
    expect(told()).toMatchObject({
      AccessTokenValidity: 10,
      IdTokenValidity: 1,
      RefreshTokenValidity: 720,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'minutes' },
    });
  });

  test('are in the units that the client states, and else in those of Amazon Cognito', () => {
    client({ accessTokenValidity: 300, idTokenValidity: 1, refreshTokenValidity: 7, tokenValidityUnits: { accessToken: 'seconds' } }).with(new mixins.UserPoolClientTokens());
    expect(told()).toMatchObject({
      AccessTokenValidity: 300,
      IdTokenValidity: 1,
      RefreshTokenValidity: 7,
      TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'hours', RefreshToken: 'days' },
    });
  });

  test('replace units that only deployment tells', () => {
    client({ accessTokenValidity: 5, tokenValidityUnits: Token.asAny({ Ref: 'Told' }) as any }).with(new mixins.UserPoolClientTokens());
    expect(told()).toMatchObject({ AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'hours' } });
  });
});

describe('what a later line undoes', () => {
  const drop = (property: string) => (it: CfnResource) => it.addPropertyDeletionOverride(property);

  test.each<[string, () => CfnResource, () => Mixin, (it: CfnResource) => void]>([
    ['COGNITO-MFA', pool, () => new mixins.UserPoolMfa(), drop('MfaConfiguration')],
    ['COGNITO-PASSWORD-POLICY', pool, () => new mixins.UserPoolPasswordPolicy(), drop('Policies')],
    ['COGNITO-DELETION-PROTECTION', pool, () => new mixins.UserPoolDeletionProtection(), drop('DeletionProtection')],
    ['COGNITO-THREAT-PROTECTION', pool, () => new mixins.UserPoolThreatProtection(), drop('UserPoolTier')],
    ['COGNITO-SIGN-UP', pool, () => new mixins.UserPoolSignUp(), drop('AdminCreateUserConfig')],
    ['COGNITO-GUEST', identities, () => new mixins.IdentityPoolGuests(), (it) => it.addPropertyOverride('AllowUnauthenticatedIdentities', true)],
    ['COGNITO-CLIENT-TOKENS', client, () => new mixins.UserPoolClientTokens(), (it) => it.addPropertyOverride('AccessTokenValidity', 24)],
  ])('%s fails the synthesis, unless it is waived', (control, make, mixin, undo) => {
    const it = make();
    const applied = mixin();
    it.with(applied);
    undo(it);
    expect(() => app.synth()).toThrow(`[Stack/It] ${control} does not hold although api.mixins.${applied.constructor.name} applied it: `);

    const finding = control === 'COGNITO-PASSWORD-POLICY' ? 'NoPolicy' : undefined;
    core.Waiver.because('the vendor forbids it until the migration', { owner: 'edi-team', expires: '2027-06-30' }).applyTo(it, control, finding);
    expect(() => app.synth({ force: true })).not.toThrow();
  });
});

test('mixins leave other resources alone', () => {
  const other = new CfnResource(stack, 'Other', { type: 'Custom::Other' });
  const all = [
    new mixins.UserPoolMfa(), new mixins.UserPoolPasswordPolicy(), new mixins.UserPoolDeletionProtection(), new mixins.UserPoolThreatProtection(),
    new mixins.UserPoolSignUp(), new mixins.UserPoolClientTokens(), new mixins.IdentityPoolGuests(),
  ];
  for (const mixin of all) {
    expect(mixin.supports(other)).toBe(false);
    mixin.applyTo(other);
  }
  Template.fromStack(stack).templateMatches({ Resources: { Other: { Type: 'Custom::Other' } } });
});

test('every mixin together leaves nothing for the rules to find', () => {
  new cognito.UserPool(stack, 'Users').addClient('Portal', {
    oAuth: { flows: { authorizationCodeGrant: true }, callbackUrls: ['https://portal.example.com/callback'], logoutUrls: ['https://portal.example.com'] },
  });
  new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: true });
  Mixins.of(stack).apply(
    new mixins.UserPoolMfa(), new mixins.UserPoolPasswordPolicy(), new mixins.UserPoolDeletionProtection(), new mixins.UserPoolThreatProtection(),
    new mixins.UserPoolSignUp(), new mixins.UserPoolClientTokens(), new mixins.IdentityPoolGuests(),
  );
  const verdicts = check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => control.startsWith('COGNITO-')));
  expect(verdicts.filter(({ finding }) => finding !== '')).toEqual([]);
  expect(verdicts).toHaveLength(9);
});
