import * as iam from 'aws-cdk-lib/aws-iam';

/** What a role asks of people who take it on. */
export interface TrustTerms {
  /** Seconds since the second factor was given, at most. */
  readonly maxMfaAgeSeconds: number;
  /** Whether the session has to say, in its source identity, who the person is. */
  readonly namesSource: boolean;
}

/** What is true of a session that an identity provider vouches for. */
export interface SamlTerms {
  /** Where the provider's assertions have to be addressed to. */
  readonly audience: string;
  /** Tag of the session by which the provider says that there was a second factor, with its value. */
  readonly mfaTag?: { readonly key: string; readonly value: string };
  readonly namesSource: boolean;
}

/**
 * Lets IAM users of an account assume a role with a second factor that is recent, in a session named after them.
 *
 * `Bool` asks that the key is there: long-term keys have none, and sessions of roles never carry one, so that neither access keys nor another role
 * lead here (AWS IAM User Guide, "Secure API access with MFA" and "AWS global condition context keys": aws:MultiFactorAuthPresent). The names of the
 * session and of its source are the user's, so that the trail tells people apart ("IAM and AWS STS condition context keys").
 */
export function userTrust(account: iam.IPrincipal, terms: TrustTerms, organizationId?: string): iam.PolicyStatement[] {
  const factor = {
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    NumericLessThan: { 'aws:MultiFactorAuthAge': String(terms.maxMfaAgeSeconds) },
  };
  const organization = organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId };
  const source = terms.namesSource ? { 'sts:SourceIdentity': '${aws:username}' } : {};
  const assume = new iam.PolicyStatement({
    sid: 'UsersWithMfa',
    principals: [account],
    actions: ['sts:AssumeRole'],
    conditions: { ...factor, StringEquals: { 'sts:RoleSessionName': '${aws:username}', ...source, ...organization } },
  });
  if (!terms.namesSource) return [assume];
  return [assume, new iam.PolicyStatement({
    sid: 'UsersNameThemselves',
    principals: [account],
    actions: ['sts:SetSourceIdentity'],
    conditions: { ...factor, StringEquals: { ...source, ...organization } },
  })];
}

/**
 * Lets people whom a SAML provider of the account vouches for take on a role.
 *
 * AWS cannot see how the provider made sure of them. What it can hold the provider to is a tag that the assertion has to carry (AWS IAM User Guide,
 * "Pass session tags in AWS STS": using AssumeRoleWithSAML), and nobody but the provider can write an assertion.
 */
export function samlTrust(provider: iam.IPrincipal, terms: SamlTerms): iam.PolicyStatement[] {
  const audience = { 'SAML:aud': terms.audience };
  const factor = terms.mfaTag === undefined ? {} : { [`aws:RequestTag/${terms.mfaTag.key}`]: terms.mfaTag.value };
  // An identity that is there and not empty; which one is for the provider to say.
  const named = terms.namesSource ? { StringLike: { 'sts:SourceIdentity': '?*' } } : {};
  const statement = (sid: string, action: string, conditions: Record<string, unknown>) =>
    new iam.PolicyStatement({ sid, principals: [provider], actions: [action], conditions });
  return [
    statement('PeopleOfTheProvider', 'sts:AssumeRoleWithSAML', { StringEquals: { ...audience, ...factor }, ...named }),
    statement('ProviderTagsSessions', 'sts:TagSession', { StringEquals: audience }),
    ...terms.namesSource ? [statement('ProviderNamesPeople', 'sts:SetSourceIdentity', { StringEquals: audience, ...named })] : [],
  ];
}
