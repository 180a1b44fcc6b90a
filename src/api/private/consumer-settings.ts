import { createHash } from 'node:crypto';
import { Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';

/** What an authorizer has to know of a consumer. */
export interface ConsumerSettings {
  readonly name: string;
  readonly identity: ReadonlyArray<readonly [key: string, value: string]>;
  readonly cidrs?: readonly string[];
  readonly expires?: string;
  readonly scopes?: readonly string[];
  readonly suspended: boolean;
}

/** The longest value of a stage variable (API Gateway Developer Guide, "Amazon API Gateway quotas"). */
const MAX_CHARACTERS = 512;

/** What the value of a stage variable can hold, less the `&` that joins settings. */
const VALUE = /^[A-Za-z0-9\-._~:/?#=,]+$/;

/** Props by the name of their setting. */
const PROPS: Readonly<Record<string, string>> = { client: 'clientId', from: 'cidrs', until: 'expires' };

/** Name of the stage variable of a consumer. */
export function consumerVariable(name: string): string {
  return `consumer_${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/**
 * The value of a stage variable that describes a consumer; `runtime/api/consumer.ts` reads it.
 *
 * A setting that is a token is left to that reader, which refuses every caller of an API with one that it cannot read.
 */
export function settingsText(consumer: Construct, { name, identity, cidrs, expires, scopes, suspended }: ConsumerSettings): string {
  const settings = [
    ['name', name],
    ...identity,
    ['from', cidrs?.join(',')],
    ['until', expires],
    ['scopes', scopes?.join(',')],
    ['suspended', suspended ? 'true' : undefined],
  ].filter((setting): setting is [string, string] => setting[1] !== undefined);
  for (const [key, value] of settings) {
    if (Token.isUnresolved(value) || VALUE.test(value)) continue;
    throw new ConfigurationError(consumer, `'${PROPS[key] ?? key}' must be of letters, digits and -._~:/?#=, got '${value}'; a stage variable holds no other`);
  }
  const text = settings.map(([key, value]) => `${key}=${value}`).join('&');
  const characters = knownCharactersOf(text);
  if (characters > MAX_CHARACTERS) {
    throw new ConfigurationError(consumer,
      `'cidrs' and 'scopes' must leave the stage variable of the consumer ${MAX_CHARACTERS} characters at most, got ${characters}; name fewer`);
  }
  return text;
}

/** How long a text is without what only deployment knows. */
function knownCharactersOf(text: string): number {
  const known: unknown = Tokenization.reverseString(text).mapTokens({ mapToken: () => '' }).join({ join: (left, right) => `${left}${right}` });
  return String(known).length;
}
