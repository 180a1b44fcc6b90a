import { Claim, Claims } from './claim';
import { ACCOUNT, Deployed, Document } from './deployed';
import { PRINCIPALS, TRAININGS } from './people';
import { EVERYTHING } from '../../access/judge';
import { Context } from '../iam/call';

const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;

/** A user whom some policy gives everything, with a guard beside it. */
const asks = (guard: Document, name: string, who: string, action: string, resource: string, allowed: boolean, more: Context = {}): Claim => {
  const { principal, context } = PRINCIPALS[who];
  return { name: `${who} ${name}`, requests: [{ principal, action, resource, context: { ...context, ...more } }], policies: { identity: [EVERYTHING, ...guard.Statement] }, allowed };
};

/** What members of groups with guards may do, who may do everything else: by how they came, and by what their tag says. */
export const users: Claims = (deployed) => [...mfa(deployed), ...registration(deployed), ...training(deployed), ...ownDevices(deployed)];

/** Who works, who enrols a device, and who takes one off. */
const BY_FACTOR: ReadonlyArray<readonly [who: string, works: boolean, enrols: boolean, takesOff: boolean]> = [
  ['console with MFA', true, true, true],
  ['console with MFA of two hours ago', false, false, false],
  ['console without MFA', false, true, false],
  ['long-term key', false, false, false],
  ['long-term key with a code', true, false, true],
  ['session token with MFA', true, true, true],
  ['session token without MFA', false, true, false],
];

const WORK: ReadonlyArray<readonly [string, string]> = [
  ['dynamodb:GetItem', TABLE], ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/access/auditor/auditor`], ['iam:CreateAccessKey', ANN], ['iam:ChangePassword', ANN],
  ['iam:CreateUser', `${ANN}2`],
];

function mfa({ policies }: Deployed): Claim[] {
  const guard = policies['Staff/MfaGuard'];
  return BY_FACTOR.flatMap(([who, works, enrols, takesOff]) => [
    ...WORK.map(([action, resource]) => asks(guard, `works: ${action}`, who, action, resource, works)),
    asks(guard, 'enrols a device', who, 'iam:EnableMFADevice', ANN, enrols),
    asks(guard, 'makes a device', who, 'iam:CreateVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/ann`, enrols),
    asks(guard, 'takes a device off', who, 'iam:DeactivateMFADevice', ANN, takesOff),
    asks(guard, 'sees themselves', who, 'iam:GetUser', ANN, true),
    asks(guard, 'comes to a session', who, 'sts:GetSessionToken', '*', true),
  ]);
}

/** Nothing but the guard: what it allows is one's own. */
function ownDevices({ policies }: Deployed): Claim[] {
  const { principal, context } = PRINCIPALS['console with MFA'];
  const alone = (action: string, resource: string, allowed: boolean): Claim => ({
    name: `somebody with the guard alone: ${action} on ${resource}`,
    requests: [{ principal, action, resource, context }],
    policies: { identity: policies['Staff/MfaGuard'].Statement },
    allowed,
  });
  return [
    alone('iam:ChangePassword', ANN, true),
    alone('iam:EnableMFADevice', ANN, true),
    alone('iam:CreateVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/ann-phone`, true),
    alone('iam:DeactivateMFADevice', `arn:aws:iam::${ACCOUNT}:user/bob`, false),
    alone('iam:EnableMFADevice', `arn:aws:iam::${ACCOUNT}:user/bob`, false),
    alone('iam:DeleteVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/bob`, false),
    alone('iam:CreateVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/annabel`, false),
    alone('iam:CreateAccessKey', ANN, false),
    alone('iam:ChangePassword', `arn:aws:iam::${ACCOUNT}:user/bob`, false),
  ];
}

const FIPS = { 'iam:FIDO-FIPS-140-2-certification': 'L2' };
const activates = (context: Context = {}) => ({ 'iam:RegisterSecurityKey': 'Activate', ...context });

const DEVICES: ReadonlyArray<readonly [name: string, context: Context, allowed: boolean]> = [
  ['begins with a security key', { 'iam:RegisterSecurityKey': 'Create' }, true],
  ['activates a key with L2 and FIPS 140-2 level 2', activates({ 'iam:FIDO-certification': 'L2', ...FIPS }), true],
  ['activates a key with L3 and FIPS 140-3 level 3', activates({ 'iam:FIDO-certification': 'L3', 'iam:FIDO-FIPS-140-3-certification': 'L3' }), true],
  ['activates a key with L1', activates({ 'iam:FIDO-certification': 'L1', ...FIPS }), false],
  ['activates a key with L1plus', activates({ 'iam:FIDO-certification': 'L1plus', ...FIPS }), false],
  ['activates a key without FIPS', activates({ 'iam:FIDO-certification': 'L2' }), false],
  ['activates a key with FIPS 140-2 level 1', activates({ 'iam:FIDO-certification': 'L2', 'iam:FIDO-FIPS-140-2-certification': 'L1' }), false],
  ['activates a synced passkey', activates(), false],
  ['enrols an authenticator app', {}, false],
  ['claims a step that there is not', { 'iam:RegisterSecurityKey': 'Skip', 'iam:FIDO-certification': 'L3', ...FIPS }, false],
];

function registration({ policies }: Deployed): Claim[] {
  const guard = policies['Staff/SecurityKeys'];
  const who = 'console with MFA';
  return [
    ...DEVICES.map(([name, context, allowed]) => asks(guard, name, who, 'iam:EnableMFADevice', ANN, allowed, context)),
    asks(guard, 'makes an authenticator app', who, 'iam:CreateVirtualMFADevice', `arn:aws:iam::${ACCOUNT}:mfa/ann`, false),
    asks(guard, 'works', who, 'dynamodb:GetItem', TABLE, true),
  ];
}

function training({ policies }: Deployed): Claim[] {
  const guard = policies['Staff/Training'];
  const who = 'console with MFA';
  return TRAININGS.flatMap(([name, counts, tags]) => {
    const own = Object.fromEntries(Object.entries(tags).filter(([key]) => key.startsWith('aws:PrincipalTag/')));
    return [
      asks(guard, `works with ${name}`, who, 'dynamodb:GetItem', TABLE, counts, own),
      asks(guard, `reads secrets with ${name}`, who, 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:partner-a1b2c3`, counts, own),
      asks(guard, `takes on a role with ${name}`, who, 'sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/other`, counts, { ...tags, 'sts:RoleSessionName': 'ann' }),
      asks(guard, `sees themselves with ${name}`, who, 'iam:GetUser', ANN, true, own),
      asks(guard, `trains themselves with ${name}`, who, 'iam:TagUser', ANN, false, { ...own, 'aws:TagKeys': ['SecurityTraining'] }),
      asks(guard, `takes off their tag with ${name}`, who, 'iam:UntagUser', ANN, false, { ...own, 'aws:TagKeys': ['SecurityTraining'] }),
    ];
  });
}
