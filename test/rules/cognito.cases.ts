import { ControlCase, Template } from './control-case';

const TOLD = { Parameters: { Told: { Type: 'String' } } };
const UNKNOWN = { Ref: 'Told' };
const ADMIN_ONLY = { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } };

const pool = (properties: object, more: object = {}): Template => ({ ...TOLD, Resources: { Pool: { Type: 'AWS::Cognito::UserPool', Properties: properties }, ...more } });

const client = (properties: object): Template => ({
  ...TOLD, Resources: { Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: 'eu-west-1_abcdefghi', ...properties } } },
});

const identities = (properties: object): Template => ({ ...TOLD, Resources: { Identities: { Type: 'AWS::Cognito::IdentityPool', Properties: properties } } });

const machine = (properties: object = {}) => ({
  Machine: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      ...properties,
    },
  },
});

/** Pools that look like ones for machines and are not, on which a control for users still holds or not. */
const almostForMachines: readonly Template[] = [
  pool({}, machine()),
  pool(ADMIN_ONLY),
  pool(ADMIN_ONLY, machine({ ExplicitAuthFlows: undefined })),
  pool(ADMIN_ONLY, machine({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })),
  pool(ADMIN_ONLY, machine({ AllowedOAuthFlows: ['code'] })),
  pool(ADMIN_ONLY, { ...machine(), Other: client({ UserPoolId: UNKNOWN }).Resources.Client }),
];

const MFA = { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] };
const KINDS = { RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true };
const PASSWORDS = { ...KINDS, MinimumLength: 12, TemporaryPasswordValidityDays: 1 };
const passwords = (change: object = {}) => pool({ Policies: { PasswordPolicy: { ...PASSWORDS, ...change } } });
const ENFORCED = { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } };
const CODE = { AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: true };
const TOKENS = {
  AccessTokenValidity: 60,
  IdTokenValidity: 60,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
  PreventUserExistenceErrors: 'ENABLED',
};
const policyOf = (template: Template) => template.Resources.Pool.Properties.Policies.PasswordPolicy;

/** A pool for machines beside one for users, since a template needs one that complies. */
const besideMachines = (properties: object): Template => ({
  Resources: { ...pool(ADMIN_ONLY, machine()).Resources, Users: { Type: 'AWS::Cognito::UserPool', Properties: properties } },
});

export const COGNITO_CASES: readonly ControlCase[] = [
  {
    control: 'COGNITO-MFA',
    passing: {
      'an authenticator app': pool(MFA),
      'a choice': pool({ MfaConfiguration: 'ON', EnabledMfas: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] }),
      'a pool for machines': besideMachines(MFA),
    },
    failing: [
      { finding: 'NoMfa', template: pool({}) },
      { finding: 'NoMfa', template: pool({ MfaConfiguration: 'OFF' }) },
      ...almostForMachines.map((template) => ({ finding: 'NoMfa', template })),
      { finding: 'OptionalMfa', template: pool({ ...MFA, MfaConfiguration: 'OPTIONAL' }) },
      { finding: 'NoAuthenticatorApp', template: pool({ MfaConfiguration: 'ON', EnabledMfas: ['SMS_MFA'] }) },
      { finding: 'UnresolvedMfa', template: pool({ MfaConfiguration: UNKNOWN }) },
      { finding: 'UnresolvedMfa', template: pool({ MfaConfiguration: 'ON', EnabledMfas: UNKNOWN }) },
    ],
    mutations: [
      { name: 'switch it off', finding: 'NoMfa', mutate: (t) => { t.Resources.Pool.Properties.MfaConfiguration = 'OFF'; } },
      { name: 'make it optional', finding: 'OptionalMfa', mutate: (t) => { t.Resources.Pool.Properties.MfaConfiguration = 'OPTIONAL'; } },
      { name: 'send text messages', finding: 'NoAuthenticatorApp', mutate: (t) => { t.Resources.Pool.Properties.EnabledMfas = ['SMS_MFA']; } },
    ],
  },
  {
    control: 'COGNITO-PASSWORD-POLICY',
    passing: {
      'all of it': passwords(),
      'the default days': passwords({ MinimumLength: '14', TemporaryPasswordValidityDays: undefined }),
      'a pool for machines': besideMachines({ Policies: { PasswordPolicy: PASSWORDS } }),
    },
    failing: [
      { finding: 'NoPolicy', template: pool({}) },
      { finding: 'NoPolicy', template: pool({ Policies: { SignInPolicy: {} } }) },
      { finding: 'TooShort', template: passwords({ MinimumLength: 11 }) },
      { finding: 'NotRequired::RequireSymbols', template: passwords({ RequireSymbols: false }) },
      { finding: 'NotRequired::RequireUppercase', template: passwords({ RequireUppercase: undefined }) },
      { finding: 'TemporaryTooLong', template: passwords({ TemporaryPasswordValidityDays: 30 }) },
      { finding: 'UnresolvedPolicy', template: pool({ Policies: UNKNOWN }) },
      { finding: 'UnresolvedPolicy', template: passwords({ MinimumLength: UNKNOWN }) },
      { finding: 'UnresolvedPolicy', template: passwords({ RequireNumbers: UNKNOWN }) },
    ],
    mutations: [
      { name: 'accept 8 characters', finding: 'TooShort', mutate: (t) => { policyOf(t).MinimumLength = 8; } },
      { name: 'accept letters alone', finding: 'NotRequired::RequireNumbers', mutate: (t) => delete policyOf(t).RequireNumbers },
      { name: 'drop the policy', finding: 'NoPolicy', mutate: (t) => delete t.Resources.Pool.Properties.Policies },
    ],
  },
  {
    control: 'COGNITO-THREAT-PROTECTION',
    passing: { 'enforced': pool(ENFORCED), 'a pool for machines': besideMachines(ENFORCED) },
    failing: [
      { finding: 'NoThreatProtection', template: pool({ UserPoolTier: 'PLUS' }) },
      { finding: 'AuditOnly', template: pool({ ...ENFORCED, UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }) },
      { finding: 'NotPlus', template: pool({ ...ENFORCED, UserPoolTier: 'ESSENTIALS' }) },
      { finding: 'NotPlus', template: pool({ UserPoolAddOns: ENFORCED.UserPoolAddOns }) },
      { finding: 'UnresolvedProtection', template: pool({ ...ENFORCED, UserPoolAddOns: UNKNOWN }) },
      { finding: 'UnresolvedProtection', template: pool({ ...ENFORCED, UserPoolTier: UNKNOWN }) },
    ],
    mutations: [
      { name: 'switch it off', finding: 'NoThreatProtection', mutate: (t) => { t.Resources.Pool.Properties.UserPoolAddOns.AdvancedSecurityMode = 'OFF'; } },
      { name: 'only record', finding: 'AuditOnly', mutate: (t) => { t.Resources.Pool.Properties.UserPoolAddOns.AdvancedSecurityMode = 'AUDIT'; } },
      { name: 'take a cheaper tier', finding: 'NotPlus', mutate: (t) => { t.Resources.Pool.Properties.UserPoolTier = 'LITE'; } },
    ],
  },
  {
    control: 'COGNITO-DELETION-PROTECTION',
    passing: { active: pool({ DeletionProtection: 'ACTIVE' }) },
    failing: [
      { finding: 'NotProtected', template: pool({}) },
      { finding: 'NotProtected', template: pool({ DeletionProtection: 'INACTIVE' }) },
      { finding: 'UnresolvedProtection', template: pool({ DeletionProtection: UNKNOWN }) },
    ],
    mutations: [{ name: 'switch it off', finding: 'NotProtected', mutate: (t) => { t.Resources.Pool.Properties.DeletionProtection = 'INACTIVE'; } }],
  },
  {
    control: 'COGNITO-SIGN-UP',
    passing: { 'administrators only': pool(ADMIN_ONLY) },
    failing: [
      { finding: 'SelfSignUp', template: pool({}) },
      { finding: 'SelfSignUp', template: pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: 'false' } }) },
      { finding: 'UnresolvedSignUp', template: pool({ AdminCreateUserConfig: UNKNOWN }) },
    ],
    mutations: [{ name: 'let strangers in', finding: 'SelfSignUp', mutate: (t) => { t.Resources.Pool.Properties.AdminCreateUserConfig.AllowAdminCreateUserOnly = false; } }],
  },
  {
    control: 'COGNITO-GUEST',
    passing: { 'no guests': identities({ AllowUnauthenticatedIdentities: false }) },
    failing: [
      { finding: 'GuestsAllowed', template: identities({ AllowUnauthenticatedIdentities: true }) },
      { finding: 'UnresolvedGuests', template: identities({ AllowUnauthenticatedIdentities: UNKNOWN }) },
      { finding: 'UnresolvedGuests', template: identities({}) },
    ],
    mutations: [{ name: 'let guests in', finding: 'GuestsAllowed', mutate: (t) => { t.Resources.Identities.Properties.AllowUnauthenticatedIdentities = true; } }],
  },
  {
    control: 'COGNITO-CLIENT-FLOWS',
    passing: {
      'a code': client(CODE),
      'a machine': client(machine().Machine.Properties),
      'SRP alone': client({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }),
      'nothing said': client({}),
    },
    failing: [
      { finding: 'ImplicitGrant', template: client({ ...CODE, AllowedOAuthFlows: ['implicit', 'code'] }) },
      { finding: 'PasswordFlow::ALLOW_USER_PASSWORD_AUTH', template: client({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }) },
      { finding: 'PasswordFlow::ADMIN_NO_SRP_AUTH', template: client({ ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] }) },
      { finding: 'FlowsNotStated', template: client({ AllowedOAuthFlowsUserPoolClient: true }) },
      { finding: 'UnresolvedFlows', template: client({ ...CODE, AllowedOAuthFlows: UNKNOWN }) },
      { finding: 'UnresolvedFlows', template: client({ ExplicitAuthFlows: [UNKNOWN] }) },
      { finding: 'UnresolvedFlows', template: client({ AllowedOAuthFlowsUserPoolClient: UNKNOWN }) },
    ],
    mutations: [
      { name: 'allow the implicit grant', finding: 'ImplicitGrant', mutate: (t) => t.Resources.Client.Properties.AllowedOAuthFlows.push('implicit') },
      {
        name: 'allow passwords',
        finding: 'PasswordFlow::ALLOW_ADMIN_USER_PASSWORD_AUTH',
        mutate: (t) => { t.Resources.Client.Properties.ExplicitAuthFlows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH']; },
      },
      { name: 'leave the flows unsaid', finding: 'FlowsNotStated', mutate: (t) => delete t.Resources.Client.Properties.AllowedOAuthFlows },
    ],
  },
  {
    control: 'COGNITO-CLIENT-TOKENS',
    passing: {
      'an hour': client(TOKENS),
      'the defaults': client({ PreventUserExistenceErrors: 'ENABLED', RefreshTokenValidity: 0, EnableTokenRevocation: true }),
      'a machine': client({ ...machine().Machine.Properties, AccessTokenValidity: 300, TokenValidityUnits: { AccessToken: 'seconds' } }),
    },
    failing: [
      { finding: 'AccessTooLong', template: client({ ...TOKENS, AccessTokenValidity: 61 }) },
      { finding: 'AccessTooLong', template: client({ ...machine().Machine.Properties, UserPoolId: 'eu-west-1_abcdefghi', AccessTokenValidity: 24 }) },
      { finding: 'IdTooLong', template: client({ PreventUserExistenceErrors: 'ENABLED', IdTokenValidity: 1, TokenValidityUnits: { IdToken: 'days' } }) },
      { finding: 'RefreshTooLong', template: client({ ...TOKENS, RefreshTokenValidity: 365 }) },
      { finding: 'RevocationOff', template: client({ ...TOKENS, EnableTokenRevocation: false }) },
      { finding: 'TellsUsers', template: client({}) },
      { finding: 'TellsUsers', template: client({ ...TOKENS, PreventUserExistenceErrors: 'LEGACY' }) },
      { finding: 'UnresolvedTokens', template: client({ ...TOKENS, AccessTokenValidity: UNKNOWN }) },
      { finding: 'UnresolvedTokens', template: client({ ...TOKENS, TokenValidityUnits: UNKNOWN }) },
      { finding: 'UnresolvedTokens', template: client({ ...TOKENS, EnableTokenRevocation: UNKNOWN }) },
      { finding: 'UnresolvedTokens', template: client({ ...TOKENS, PreventUserExistenceErrors: UNKNOWN }) },
    ],
    mutations: [
      { name: 'let tokens live for a day', finding: 'AccessTooLong', mutate: (t) => { t.Resources.Client.Properties.TokenValidityUnits.AccessToken = 'hours'; } },
      { name: 'let them live for ever', finding: 'RefreshTooLong', mutate: (t) => { t.Resources.Client.Properties.RefreshTokenValidity = 3650; } },
      { name: 'give revocation up', finding: 'RevocationOff', mutate: (t) => { t.Resources.Client.Properties.EnableTokenRevocation = false; } },
      { name: 'tell who exists', finding: 'TellsUsers', mutate: (t) => delete t.Resources.Client.Properties.PreventUserExistenceErrors },
    ],
  },
  {
    control: 'COGNITO-CLIENT-REDIRECT',
    passing: {
      'https': client({ CallbackURLs: ['https://portal.example.com/callback'], LogoutURLs: ['https://portal.example.com'] }),
      'the developer\'s own machine': client({ CallbackURLs: ['http://localhost:3000/callback', 'http://127.0.0.1', 'http://[::1]:8080/'] }),
      'an app that owns its scheme': client({ CallbackURLs: ['com.example.app:/callback'] }),
      'a name put together': client({ CallbackURLs: [{ 'Fn::Sub': 'https://${Told}.example.com/callback' }, { 'Fn::Sub': 'https://portal.${AWS::Region}.example.com/' }] }),
    },
    failing: [
      { finding: 'Insecure::http://portal.example.com', template: client({ CallbackURLs: ['http://portal.example.com'] }) },
      { finding: 'Insecure::http://localhost.example.com', template: client({ LogoutURLs: ['http://localhost.example.com'] }) },
      { finding: 'Insecure::app://callback', template: client({ DefaultRedirectURI: 'app://callback' }) },
      { finding: 'Placeholder::https://example.com', template: client({ CallbackURLs: ['https://example.com'] }) },
      { finding: 'UnresolvedAddress', template: client({ CallbackURLs: UNKNOWN }) },
      { finding: 'UnresolvedAddress', template: client({ CallbackURLs: [{ 'Fn::Sub': '${Told}/callback' }] }) },
    ],
    mutations: [
      { name: 'drop TLS', finding: 'Insecure::http://portal.example.com/callback', mutate: (t) => { t.Resources.Client.Properties.CallbackURLs = ['http://portal.example.com/callback']; } },
      { name: 'fill in the placeholder', finding: 'Placeholder::https://example.com', mutate: (t) => t.Resources.Client.Properties.CallbackURLs.push('https://example.com') },
    ],
  },
];
