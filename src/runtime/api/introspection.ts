import { createHash } from 'node:crypto';
import { ClientCredentials, CredentialPorts } from './client-credentials';
import { PostForm, UnexpectedStatus } from './https-json';
import { IntrospectedIssuer, tryVerdict } from './introspected-token';
import type { Judge } from './token-authorizer';
import { Unavailable } from './unavailable';
import { MAX_TOKEN_LENGTH, Verdict } from './verdict';
import { ShortMemory } from '../shared/short-memory';

/** An issuer that is asked about each token. */
export interface IntrospectionSettings extends IntrospectedIssuer {
  /** The issuer's introspection endpoint (RFC 7662, 2). */
  readonly endpoint: string;
}

/** What asking an issuer needs of the world. */
export interface IntrospectionPorts extends CredentialPorts {
  readonly postForm: PostForm;
}

/** How long the issuer's word is kept. A token that is revoked meanwhile is still let in for so long. */
const GOOD_MILLISECONDS = 60 * 1000;

/** Shorter, so that a token that becomes good is not kept out; long enough that one that is repeated costs the issuer little. */
const BAD_MILLISECONDS = 10 * 1000;

/** For good and for bad tokens each, so that made-up tokens do not drive out good ones. */
const MAX_REMEMBERED = 1000;

/**
 * Judges opaque tokens by asking their issuer (RFC 7662).
 *
 * Answers are kept by the SHA-256 hash of the token, for as long as this execution environment lives. A token is sent to the endpoint and
 * nowhere else. Where the issuer does not answer as it should, this throws.
 */
export function introspector(settings: IntrospectionSettings, ports: IntrospectionPorts): Judge {
  const { issuer, endpoint } = settings;
  const credentials = new ClientCredentials(issuer, ports);
  const good = new ShortMemory<Verdict>(MAX_REMEMBERED, ports);
  const bad = new ShortMemory<Verdict>(MAX_REMEMBERED, ports);

  return async (text) => {
    if (text.length > MAX_TOKEN_LENGTH) return { refused: 'token-too-large' };
    const key = createHash('sha256').update(text).digest('base64url');
    const known = good.get(key) ?? bad.get(key);
    if (known) return known;

    const answer = await ask(text);
    const verdict = tryVerdict(answer, settings, ports.now());
    if (!verdict) throw unavailable(undefined, 'answered no introspection response');
    const now = ports.now().getTime();
    if ('refused' in verdict) bad.set(key, verdict, now + BAD_MILLISECONDS);
    else good.set(key, verdict, Math.min(now + GOOD_MILLISECONDS, (answer as { readonly exp: number }).exp * 1000));
    return verdict;
  };

  /** Once more with new credentials, where the issuer refuses the ones that are known: a rotation may have put them out of use. */
  async function ask(text: string): Promise<unknown> {
    try {
      return await post(text);
    } catch (error) {
      if (isRefused(error) && await credentials.renew()) return post(text).catch((again: unknown) => { throw failed(again); });
      throw failed(error);
    }
  }

  async function post(text: string): Promise<unknown> {
    return ports.postForm(endpoint, { token: text, token_type_hint: 'access_token' }, await credentials.authorization());
  }

  function failed(error: unknown): Unavailable {
    return error instanceof Unavailable ? error : unavailable(error, (error as Error).message);
  }

  function unavailable(cause: unknown, detail: string): Unavailable {
    return new Unavailable('introspection-unavailable', issuer, 'the issuer does not say whether the token is good', { cause }, detail);
  }
}

/** "401 (Unauthorized)" (RFC 7662, 2.3, and RFC 6749, 5.2). */
function isRefused(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof UnexpectedStatus && error.cause.status === 401;
}
