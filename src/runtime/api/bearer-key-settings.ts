import { BEARER_KEY_PREFIX } from './bearer-key';
import { Environment, matching, tableName } from '../shared/environment';

/** Where the keys of an authorizer are. */
export interface BearerKeySettings {
  readonly tableName: string;
  readonly macKeyArn: string;
  readonly prefix: string;
}

const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/;

/** Reads `TABLE_NAME`, `MAC_KEY_ARN` and `KEY_PREFIX`; throws, saying what is wrong, so that the function does not start. */
export function parseBearerKeySettings(environment: Environment): BearerKeySettings {
  return {
    tableName: tableName(environment),
    macKeyArn: matching(environment, 'MAC_KEY_ARN', KEY_ARN, 'the ARN of a key'),
    prefix: matching(environment, 'KEY_PREFIX', BEARER_KEY_PREFIX, '2 to 16 lower-case letters and digits, a letter first'),
  };
}
