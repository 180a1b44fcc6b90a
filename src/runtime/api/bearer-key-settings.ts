import { isBearerKeyPrefix } from './bearer-key';

/** Where the keys of an authorizer are. */
export interface BearerKeySettings {
  readonly tableName: string;
  readonly macKeyArn: string;
  readonly prefix: string;
}

const TABLE_NAME = /^[A-Za-z0-9_.-]{3,255}$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/;

/** Reads `TABLE_NAME`, `MAC_KEY_ARN` and `KEY_PREFIX`; throws, saying what is wrong, so that the function does not start. */
export function parseBearerKeySettings(environment: Readonly<Record<string, string | undefined>>): BearerKeySettings {
  const { TABLE_NAME: tableName = '', MAC_KEY_ARN: macKeyArn = '', KEY_PREFIX: prefix = '' } = environment;
  if (!TABLE_NAME.test(tableName)) throw new Error('TABLE_NAME must be the name of a table');
  if (!KEY_ARN.test(macKeyArn)) throw new Error('MAC_KEY_ARN must be the ARN of a key');
  if (!isBearerKeyPrefix(prefix)) throw new Error('KEY_PREFIX must be 2 to 16 lower-case letters and digits, a letter first');
  return { tableName, macKeyArn, prefix };
}
