/** Who a client is to a token endpoint. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Reads the content of a secret with credentials of a client. The placeholder, which stands there until the first rotation, has none. */
export function readClientCredentials(text: string | undefined): ClientCredentials {
  const { clientId, clientSecret } = Object(jsonOf(text)) as Partial<Record<keyof ClientCredentials, unknown>>;
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') throw new NoCredentials();
  return { clientId, clientSecret };
}

/** What the parser says of text that is no JSON quotes it, so nothing of that may be told. */
function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

class NoCredentials extends Error { public override readonly name = 'NoCredentials'; }
