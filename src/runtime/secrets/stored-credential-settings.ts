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

type Environment = Readonly<Record<string, string | undefined>>;

/** Amazon DynamoDB Developer Guide, "Naming rules". */
const TABLE_NAME = /^[\w.-]{3,255}$/;
const HOLDER = /^[0-9a-f]{10}$/;
const KEY_PREFIX = /^[a-z][a-z0-9]{1,15}$/;
const MAC_KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
/** API Gateway makes them of lower-case letters and digits. */
const PLAN_KEY_ID = /^[a-z0-9]{1,64}$/;
/** AWS Transfer Family API Reference, "CreateUser", UserName. */
const USER_NAME = /^\w[\w@.-]{2,99}$/;

/** Reads `TABLE_NAME`, `HOLDER`, `KEY_PREFIX`, `MAC_KEY_ARN` and `PLAN_KEY_ID`; throws, saying what is wrong, so that the function does not start. */
export function parseBearerKeySettings(environment: Environment): BearerKeySettings {
  return {
    tableName: tableNameOf(environment),
    holder: required(environment, 'HOLDER', HOLDER, '10 lower-case hexadecimal digits'),
    prefix: required(environment, 'KEY_PREFIX', KEY_PREFIX, '2 to 16 lower-case letters and digits, a letter first'),
    macKeyArn: required(environment, 'MAC_KEY_ARN', MAC_KEY_ARN, 'the ARN of a key of AWS KMS'),
    planKeyId: required(environment, 'PLAN_KEY_ID', PLAN_KEY_ID, 'the id of a key of API Gateway'),
  };
}

/** Reads `TABLE_NAME` and `USER_NAME`; throws likewise. */
export function parseSftpPasswordSettings(environment: Environment): SftpPasswordSettings {
  return { tableName: tableNameOf(environment), userName: required(environment, 'USER_NAME', USER_NAME, 'the name of a user at AWS Transfer Family') };
}

function tableNameOf(environment: Environment): string {
  return required(environment, 'TABLE_NAME', TABLE_NAME, 'the name of a table');
}

function required(environment: Environment, name: string, pattern: RegExp, rule: string): string {
  const value = environment[name] ?? '';
  if (!pattern.test(value)) throw new Error(`${name} must be ${rule}`);
  return value;
}
