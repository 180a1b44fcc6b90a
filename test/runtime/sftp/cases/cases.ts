import { ABUSE_CASES } from './abuse';
import { ADDRESS_CASES } from './address';
import { BOTH_CASES } from './both';
import { INPUT_CASES } from './input';
import { KEY_CASES } from './keys';
import { OUTPUT_CASES } from './output';
import { PASSWORD_CASES } from './passwords';
import { LoginCase } from './world';

/** What an identity provider has to get right, by number: 1 to 14 of input, 15 of addresses, 16 to 22 of keys, 23 to 31 of passwords, and so on. */
export const LOGIN_CASES: readonly LoginCase[] = [
  ...INPUT_CASES, ...ADDRESS_CASES, ...KEY_CASES, ...PASSWORD_CASES, ...BOTH_CASES, ...OUTPUT_CASES, ...ABUSE_CASES,
];
