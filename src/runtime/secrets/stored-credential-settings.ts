import { BEARER_KEY_HOLDER, BEARER_KEY_PREFIX } from '../api/bearer-key';
import { Environment, matching, tableName } from '../shared/environment';

/** Where a scoped bearer key is stored, and whose it is. */
export interface BearerKeySettings {
  readonly tableName: string;
  readonly holder: string;
  readonly prefix: string;
  readonly macKeyArn: string;
  readonly planKeyId: string;
}

/** Where the password of an SFTP user is stored, and whose it is. */
export interface SftpPasswordSettings {
  readonly tableName: string;
  readonly userName: string;
}

const MAC_KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
/** API Gateway makes them of lower-case letters and digits. */
const PLAN_KEY_ID = /^[a-z0-9]{1,64}$/;
/** AWS Transfer Family API Reference, "CreateUser", UserName. */
const USER_NAME = /^\w[\w@.-]{2,99}$/;

/** Reads `TABLE_NAME`, `HOLDER`, `KEY_PREFIX`, `MAC_KEY_ARN` and `PLAN_KEY_ID`; throws, saying what is wrong, so that the function does not start. */
export function parseBearerKeySettings(environment: Environment): BearerKeySettings {
  return {
    tableName: tableName(environment),
    holder: matching(environment, 'HOLDER', BEARER_KEY_HOLDER, '10 lower-case hexadecimal digits'),
    prefix: matching(environment, 'KEY_PREFIX', BEARER_KEY_PREFIX, '2 to 16 lower-case letters and digits, a letter first'),
    macKeyArn: matching(environment, 'MAC_KEY_ARN', MAC_KEY_ARN, 'the ARN of a key of AWS KMS'),
    planKeyId: matching(environment, 'PLAN_KEY_ID', PLAN_KEY_ID, 'the id of a key of API Gateway'),
  };
}

/** Reads `TABLE_NAME` and `USER_NAME`; throws likewise. */
export function parseSftpPasswordSettings(environment: Environment): SftpPasswordSettings {
  return { tableName: tableName(environment), userName: matching(environment, 'USER_NAME', USER_NAME, 'the name of a user at AWS Transfer Family') };
}
