import { privateKeyOf, signingKeyFrom } from './key-pairs';
import { credentialFrom } from './stored-credentials';

export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner/acme-AbCdEf';
export const USAGE_PLAN_IDS = ['plan01'];

/** The clock stands still; time passes by making everything older. */
export const NOW = Date.parse('2026-11-25T12:00:00Z');

export const MINUTES = 60 * 1000;
export const DAY = 24 * 60 * MINUTES;
export const OVERLAP = 60 * MINUTES;

/** Fixed "random" bytes, another value for each nonce. */
export const bytesOf = (nonce: number) => (size: number) => Buffer.alloc(size, 0xa0 + nonce);

/** The nonce that such bytes are of. */
export const nonceOf = (randomBytes: (size: number) => Buffer) => randomBytes(1)[0] - 0xa0;

/** What each value of the third party begins with. */
export const THIRD_PARTY_CANARY = 'canary-of-the-third-party';

/** What no log, error or name may contain: the values of a nonce. */
export const canariesOf = (nonce: number) => [
  bytesOf(nonce)(32).toString('hex'), bytesOf(nonce)(32).toString('base64'), privateKeyOf(nonce).split('\n')[1], signingKeyFrom(bytesOf(nonce)(32)),
  credentialFrom('sftp-password', SECRET_ARN, '', bytesOf(nonce)),
];
