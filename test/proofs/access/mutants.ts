import { statementOf } from './claim';
import { Deployed, Document, PROVIDER } from './deployed';
import { DUTY_MUTANTS } from './mutants-of-duties';
import { EMERGENCY_MUTANTS } from './mutants-of-emergency';
import { Conditions, Mutant, mutant, whereThere, without, withConditions } from './mutants-tools';

/** The trust policy of a role. */
const trust = ({ holders }: Deployed, path: string): Document => holders[path].trust!;
const changed = (path: string, sid: string, change: (conditions: Conditions) => void) => (deployed: Deployed) =>
  withConditions(statementOf(trust(deployed, path), sid), change);

const OF_TRUSTS: readonly Mutant[] = [
  mutant('a role takes users without a flag', 'trusts', /^Auditor: long-term key with a current/,
    changed('Staff/Auditor', 'UsersWithMfa', (all) => { all.BoolIfExists = all.Bool; delete all.Bool; delete all.NumericLessThan; })),
  mutant('a role takes users without MFA', 'trusts', /^Operator: .* without MFA with a current/,
    changed('Staff/Operator', 'UsersWithMfa', (all) => { delete all.Bool; delete all.NumericLessThan; })),
  mutant('a second factor may be of any age', 'trusts', /^KeyAdministrator: .* two hours ago with a current/,
    changed('Staff/KeyAdministrator', 'UsersWithMfa', (all) => { delete all.NumericLessThan; })),
  mutant('a second factor may be of half a day ago', 'trusts', /^Developer: .* two hours ago with a current/,
    changed('Staff/Developer', 'UsersWithMfa', (all) => { all.NumericLessThan['aws:MultiFactorAuthAge'] = '43200'; })),
  mutant('a session may have any name', 'trusts', /^Detokeniser: in a session named after another/,
    changed('Staff/Detokeniser', 'UsersWithMfa', (all) => { delete all.StringEquals['sts:RoleSessionName']; })),
  mutant('a session of emergencies names no source', 'trusts', /^Emergency: with(out)? .*source identity/,
    changed('Staff/Emergency', 'UsersWithMfa', (all) => { delete all.StringEquals['sts:SourceIdentity']; })),
  mutant('a source identity may be anybody\'s', 'trusts', /^Trainer: names the source identity of another/,
    changed('Staff/Trainer', 'UsersNameThemselves', (all) => { delete all.StringEquals; })),
  mutant('a source identity is set without MFA', 'trusts', /^Trainer: names a source identity without MFA/,
    changed('Staff/Trainer', 'UsersNameThemselves', (all) => { delete all.Bool; delete all.NumericLessThan; })),
  mutant('a role trusts every account', 'trusts', /^Armer: user of another account with a current/,
    (deployed) => { statementOf(trust(deployed, 'Staff/Armer'), 'UsersWithMfa').Principal = { AWS: '*' }; }),
  mutant('a role takes whoever has no training', 'trusts', /^Auditor: console with MFA with no training/,
    changed('Staff/Auditor', 'TrainingIsCurrent', whereThere)),
  mutant('a role asks for no training', 'trusts', /^Emergency: console with MFA with a stale training/,
    (deployed) => without(trust(deployed, 'Staff/Emergency'), 'TrainingIsCurrent')),
  mutant('a role believes what is in the request', 'trusts', /^Operator: console with MFA with a training that they assert/,
    changed('Staff/Operator', 'TrainingIsCurrent', (all) => {
      all.StringNotEquals = { 'aws:RequestTag/SecurityTraining': all.StringNotEquals['aws:PrincipalTag/SecurityTraining'] };
    })),
  mutant('periods are patterns', 'trusts', /^Armer: console with MFA with (a stale|an empty)/,
    changed('Staff/Armer', 'TrainingIsCurrent', (all) => { all.StringNotLike = { 'aws:PrincipalTag/SecurityTraining': '20*' }; delete all.StringNotEquals; })),
  mutant('a provider need not say who was trained', 'trusts', /^Auditor: an assertion that says nothing of a training/,
    changed('Corp/Auditor', 'FederatedTrainingIsCurrent', whereThere)),
  mutant('a provider\'s people need no training', 'trusts', /^Developer: an assertion with a stale training/,
    (deployed) => without(trust(deployed, 'Corp/Developer'), 'FederatedTrainingIsCurrent')),
  mutant('assertions for others are taken', 'trusts', /^Operator: an assertion for/,
    changed('Corp/Operator', 'PeopleOfTheProvider', (all) => { delete all.StringEquals['SAML:aud']; })),
  mutant('a provider need not say that there was a second factor', 'trusts', /^Armer: an assertion (without|that says nothing of) a second factor/,
    changed('Corp/Armer', 'PeopleOfTheProvider', (all) => { delete all.StringEquals['aws:RequestTag/mfa']; })),
  mutant('a provider names nobody', 'trusts', /^Emergency: an assertion with(out| an empty) ?a? source identity/,
    changed('Corp/Emergency', 'PeopleOfTheProvider', (all) => { delete all.StringLike; })),
  mutant('any provider is trusted', 'trusts', /^Trainer: an assertion of another provider/,
    (deployed) => { statementOf(trust(deployed, 'Corp/Trainer'), 'PeopleOfTheProvider').Principal = { Federated: [PROVIDER, `${PROVIDER}-test`] }; }),
  mutant('the group for a role may ask for every role', 'trusts', /^a member of the group for Auditor takes on/,
    ({ policies }) => { policies['Staff/Auditor/TakingOn'].Statement[0].Resource = 'arn:aws:iam::111122223333:role/*'; }),
  mutant('guests may be of any organization', 'trusts', /^a guest/,
    changed('Guests/Auditor', 'UsersWithMfa', (all) => { delete all.StringEquals['aws:PrincipalOrgID']; })),
  mutant('people take on the role of a job', 'trusts', /^Writer: console with MFA/,
    (deployed) => { statementOf(trust(deployed, 'Staff/Writer'), 'TheService').Principal = { AWS: 'arn:aws:iam::111122223333:root' }; }),
];

const guard = ({ policies }: Deployed, path: string): Document => policies[path];
const guardChanged = (path: string, sid: string, change: (conditions: Conditions) => void) =>
  (deployed: Deployed) => withConditions(statementOf(guard(deployed, path), sid), change);
const dropped = (path: string, sid: string) => (deployed: Deployed) => without(guard(deployed, path), sid);

const OF_USERS: readonly Mutant[] = [
  mutant('the guard compares by Bool', 'users', /^long-term key works/,
    guardChanged('Staff/MfaGuard', 'NothingWithoutMfa', (all) => { all.Bool = all.BoolIfExists; delete all.BoolIfExists; })),
  mutant('the guard lets work without MFA', 'users', /without MFA works/, dropped('Staff/MfaGuard', 'NothingWithoutMfa')),
  mutant('the guard knows no age', 'users', /two hours ago works/, dropped('Staff/MfaGuard', 'NothingWithOldMfa')),
  mutant('the guard takes a second factor of a day', 'users', /two hours ago works/,
    guardChanged('Staff/MfaGuard', 'NothingWithOldMfa', (all) => { all.NumericGreaterThan['aws:MultiFactorAuthAge'] = '86400'; })),
  mutant('access keys enrol devices', 'users', /^long-term key (enrols|makes) a device/, dropped('Staff/MfaGuard', 'NoEnrolmentByAccessKeys')),
  mutant('an old second factor enrols another', 'users', /two hours ago enrols/,
    (deployed) => { statementOf(guard(deployed, 'Staff/MfaGuard'), 'NothingWithOldMfa').NotAction.push('iam:EnableMFADevice'); }),
  mutant('devices of others are one\'s own', 'users', /mfa\/annabel/,
    (deployed) => { statementOf(guard(deployed, 'Staff/MfaGuard'), 'OwnDevices').Resource = 'arn:aws:iam::111122223333:mfa/${aws:username}*'; }),
  mutant('every user is one\'s own', 'users', /user\/bob/,
    (deployed) => { statementOf(guard(deployed, 'Staff/MfaGuard'), 'OwnUser').Resource = 'arn:aws:iam::111122223333:user/*'; }),
  mutant('authenticator apps are made', 'users', /makes an authenticator app/, dropped('Staff/SecurityKeys', 'NoAuthenticatorApps')),
  mutant('authenticator apps are enrolled', 'users', /enrols an authenticator app/,
    guardChanged('Staff/SecurityKeys', 'SecurityKeysAlone', whereThere)),
  mutant('synced passkeys are enrolled', 'users', /activates a synced passkey/,
    (deployed) => {
      guardChanged('Staff/SecurityKeys', 'CertifiedKeysAlone', whereThere)(deployed);
      dropped('Staff/SecurityKeys', 'ValidatedKeysAlone')(deployed);
    }),
  mutant('software is a security key', 'users', /activates a key with L1/,
    guardChanged('Staff/SecurityKeys', 'CertifiedKeysAlone', (all) => { all.StringNotEquals['iam:FIDO-certification'].push('L1', 'L1plus'); })),
  mutant('keys need no validation', 'users', /activates a key with(out)? FIPS/, dropped('Staff/SecurityKeys', 'ValidatedKeysAlone')),
  mutant('no training is as good as one', 'users', /works with no training/,
    guardChanged('Staff/Training', 'TrainingIsCurrent', whereThere)),
  mutant('trainings last', 'users', /works with a stale training/,
    guardChanged('Staff/Training', 'TrainingIsCurrent', (all) => { all.StringNotEquals['aws:PrincipalTag/SecurityTraining'].push('2026-Q2'); })),
  mutant('users train themselves', 'users', /trains themselves with a current/, dropped('Staff/Training', 'TrainersAloneTagTraining')),
];

/** Each weakening of what decides, with the claims that are wrong then. */
export const MUTANTS: readonly Mutant[] = [...OF_TRUSTS, ...OF_USERS, ...EMERGENCY_MUTANTS, ...DUTY_MUTANTS];
