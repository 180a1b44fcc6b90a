import { Network, tryNetwork } from '../../formats/networks';
import { startOfDay } from '../shared/day';

/** What a stage says of a consumer of its API. */
interface Settings {
  /** As the API calls it; it is in logs. */
  readonly name: string;
  /** Networks that it may call from; absent, any. */
  readonly networks?: readonly Network[];
  /** When it may no longer call, in milliseconds since the Unix epoch; absent, never. */
  readonly endsAt?: number;
  readonly suspended: boolean;
}

/** A consumer that is known by its scoped keys. */
export interface KeyConsumer extends Settings {
  /** The same in all its keys. */
  readonly holder: string;
  readonly scopes: readonly string[];
}

/** A consumer that is known by its OAuth client. */
export interface ClientConsumer extends Settings {
  readonly issuer: string;
  readonly client: string;
  /** The most that a token of the client is good for; absent, what the token says. */
  readonly scopes?: readonly string[];
}

export type Consumer = KeyConsumer | ClientConsumer;

/** Properties in this order, each at most once, joined by `&`, which no value holds. */
const CONSUMER = new RegExp([
  '^name=(?<name>[A-Za-z0-9._~:-]{1,128})',
  '(?:&holder=(?<holder>[0-9a-f]{10})|&issuer=(?<issuer>https://[^&\\s]+)&client=(?<client>[^&\\s]+))',
  '(?:&from=(?<from>[^&]+))?',
  '(?:&until=(?<until>\\d{4}-\\d\\d-\\d\\d))?',
  '(?:&scopes=(?<scopes>[^&]+))?',
  '(?<suspended>&suspended=true)?$',
].join(''));

/** A scope (RFC 6749, 3.3), without the comma that is between two. */
const SCOPE = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/;

/**
 * Reads a consumer, such as `name=acme&holder=0a1b2c3d4e&from=192.0.2.0/24&until=2027-06-30&scopes=orders:read&suspended=true`; undefined for
 * anything that is not exactly that. A consumer with keys has scopes, since nothing else says what a key is good for.
 */
export function tryParseConsumer(text: string): Consumer | undefined {
  const { name, holder, issuer, client, from, until, scopes: listed, suspended } = CONSUMER.exec(text)?.groups ?? {};
  const networks = from?.split(',').map(tryNetwork);
  const endsAt = until === undefined ? undefined : startOfDay(until);
  const scopes = listed?.split(',');
  if (name === undefined || networks?.includes(undefined) || Number.isNaN(endsAt) || scopes?.some((scope) => !SCOPE.test(scope))) return undefined;

  const settings = { name, networks: networks as readonly Network[] | undefined, endsAt, suspended: suspended !== undefined };
  if (holder === undefined) return { ...settings, issuer, client, scopes };
  return scopes && { ...settings, holder, scopes };
}
