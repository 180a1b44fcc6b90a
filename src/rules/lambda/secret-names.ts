/** Names of variables that hold a secret. */
const SECRET_NAME = /PASSWORD|PASSWD|PASSPHRASE|(^|_)PWD|(^|_)PASS$|SECRET|TOKEN(?!S|IZ)|CREDENTIAL|(API|PRIVATE|ACCESS|SIGNING|ENCRYPTION|LICENSE)_?KEY/;

/** Endings that make of such a name the name of something else: where the secret is, or what is true of it. */
const OTHER_THING = new RegExp(`ARN$|_(${[
  'BUCKET', 'COUNT', 'ENABLED', 'ENDPOINT', 'EXPIRY', 'FILE', 'HEADER', 'ID', 'IDS', 'ISSUER', 'LENGTH', 'LIMIT', 'NAME', 'NAMES', 'PARAM', 'PARAMETER',
  'PATH', 'PREFIX', 'QUEUE', 'REGION', 'SECONDS', 'TABLE', 'TOPIC', 'TTL', 'TYPE', 'URI', 'URL', 'VERSION',
].join('|')})$`);

/** Texts that are a secret wherever they stand. */
const SECRET_SHAPES: readonly RegExp[] = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN (?!CERTIFICATE|PUBLIC)/,
  /\bgh[opsru]_[A-Za-z0-9]{36}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10}/,
  /\b[rs]k_live_[A-Za-z0-9]{16}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  /:\/\/[^\s/:@]+:[^\s/@]+@/,
];

/** Whether a variable of that name holds a secret, in camel case or in capitals. */
export function namesSecret(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  return SECRET_NAME.test(words) && !OTHER_THING.test(words);
}

/** Whether a text looks like a secret of a well-known kind. */
export function looksSecret(text: string): boolean {
  return SECRET_SHAPES.some((shape) => shape.test(text));
}

/** Whether CloudFormation puts a secret in the place of a text when it deploys. */
export function resolvesSecret(text: string): boolean {
  return /\{\{resolve:(secretsmanager|ssm-secure):/.test(text);
}
