import { Duration, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PartnerDirectory } from '../../formats/partner-directories';
import { PartnerRecord, readPartnerRecord, writePartnerRecord } from '../../formats/partner-record';
import { readSshPublicKey } from '../../formats/ssh-public-key';
import { ConfigurationError } from '../../private';
import { PartnerKey } from '../partner-key';
import { PartnerOptions } from '../partner-options';
import { AttachedServer } from './bound-users';
import { longest } from './partner-files';

type RecordKey = PartnerRecord['keys'][number];

/** Says in the template's words what the record's checks found. */
const PROPS: readonly (readonly [RegExp, string])[] = [
  [/^keys\[(\d+)\]\.(?:body|fingerprint)$/, 'keys[$1]'],
  [/^directories\[\d+\]\.prefix$/, 'prefix'],
  [/^directories$/, 'prefix'],
];

/** What a template says of a partner. */
export interface TemplatePartner {
  readonly name: string;
  readonly options: PartnerOptions;
  readonly directories: readonly PartnerDirectory[];
  readonly passwordRequired: boolean;
  readonly maxKeyAge: Duration;
}

/**
 * The record of a partner, checked but for what deployment alone knows: how far ahead of now its keys expire. Its role is added when there is
 * one.
 */
export function recordOf(scope: Construct, { name, options, directories, passwordRequired, maxKeyAge }: TemplatePartner): PartnerRecord {
  requireLiteral(scope, options);
  if (options.keys.length === 0) {
    throw new ConfigurationError(scope, "'keys' must be one key at least, got none; a partner without a key never logs in, and 'disabled' says so on purpose");
  }
  const record: PartnerRecord = {
    version: 1,
    name,
    disabled: options.disabled ?? false,
    keys: options.keys.map((key, index) => recordKey(scope, key, index, maxKeyAge)),
    networks: options.networks,
    roleArn: 'arn:aws:iam::111111111111:role/unknown',
    passwordRequired,
    directories,
  };
  const read = readPartnerRecord(writePartnerRecord({ ...record, directories: longest(directories) }));
  if ('refusals' in read) {
    const [{ path, problem, remedy }] = read.refusals;
    const prop = PROPS.reduce((text, [from, to]) => text.replace(from, to), path);
    throw new ConfigurationError(scope, `'${prop}' ${problem}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
  return record;
}

/** Refuses keys that a server in FIPS mode takes from nobody (AWS Transfer Family User Guide, "Managing SSH and PGP keys": Ed25519). */
export function requireKeysFor(scope: Construct, { resource }: AttachedServer, { keys }: PartnerRecord): void {
  const index = keys.findIndex(({ body }) => body.startsWith('ssh-ed25519 '));
  if (index >= 0 && resource.securityPolicyName?.includes('FIPS')) {
    throw new ConfigurationError(scope,
      `'keys[${index}]' must be ECDSA or RSA, got ssh-ed25519; the server is in FIPS mode, so have the partner run: ssh-keygen -t ecdsa -b 384`);
  }
}

function requireLiteral(scope: Construct, { keys, networks, prefix = '' }: PartnerOptions): void {
  const unknown = [
    ...keys.map(({ publicKey }, index) => ({ prop: `keys[${index}]`, value: publicKey })),
    ...networks.map((value, index) => ({ prop: `networks[${index}]`, value })),
    { prop: 'prefix', value: prefix },
  ].find(({ value }) => Token.isUnresolved(value));
  if (unknown) {
    throw new ConfigurationError(scope, `'${unknown.prop}' must be text, got a token; it is held against what other partners have, which takes it before `
      + 'deployment, so write it down: none of it is secret');
  }
}

function recordKey(scope: Construct, key: PartnerKey, index: number, maxKeyAge: Duration): RecordKey {
  const read = readSshPublicKey(key.publicKey, 'partner');
  if ('problem' in read) {
    throw new ConfigurationError(scope, `'keys[${index}]' ${read.problem}${read.remedy === undefined ? '' : `; ${read.remedy}`}`);
  }
  const expires = instant(scope, `keys[${index}].expires`, key.expires);
  const notBefore = key.notBefore && instant(scope, `keys[${index}].notBefore`, key.notBefore);
  if (key.notBefore && !maxKeyAge.isUnresolved() && key.expires.getTime() - key.notBefore.getTime() > maxKeyAge.toMilliseconds()) {
    throw new ConfigurationError(scope, `'keys[${index}].expires' must be within ${maxKeyAge.toDays()} days of notBefore, got ${expires}; `
      + "have the partner change its key earlier, or give the server's users a longer 'maxKeyAge'");
  }
  return { body: read.body, fingerprint: read.fingerprint, ...notBefore === undefined ? {} : { notBefore }, expires };
}

function instant(scope: Construct, prop: string, time: Date): string {
  if (Number.isNaN(time.getTime())) {
    throw new ConfigurationError(scope, `'${prop}' must be a time, got an invalid date; write for example new Date('2027-05-01T00:00:00Z')`);
  }
  return time.toISOString().replace('.000Z', 'Z');
}
