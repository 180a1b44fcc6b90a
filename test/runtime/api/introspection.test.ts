import * as fc from 'fast-check';
import { overMutualTls, RFC_CERTIFICATE, RFC_THUMBPRINT } from './certificates';
import { event, NOW } from './world';
import { UnexpectedStatus } from '../../../src/runtime/api/https-json';
import { introspector } from '../../../src/runtime/api/introspection';
import { parseIntrospectionSettings } from '../../../src/runtime/api/introspection-settings';
import { MUTUAL_TLS } from '../../../src/runtime/api/mutual-tls';
import { secretText } from '../../../src/runtime/api/secret-text';
import { BEARER, SenderConstraint } from '../../../src/runtime/api/sender-constraint';
import { tokenAuthorizer } from '../../../src/runtime/api/token-authorizer';

const ISSUER = 'https://login.example.com/';
const ENDPOINT = 'https://login.example.com/introspect';
const SETTINGS = { issuer: ISSUER, audiences: ['orders'], endpoint: ENDPOINT };
const SECONDS = NOW / 1000;
const TOKEN = 'CANARY-2YotnFZFEjr1zCsicMWpAA';
const SECRET = '{"clientId":"api","clientSecret":"CANARY-secret"}';

/** What an issuer says of a good token; undefined removes a member. */
function active(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const said = { active: true, iss: ISSUER, aud: 'orders', sub: 'user-7', client_id: 'app', scope: 'orders:read', token_type: 'Bearer', exp: SECONDS + 600, ...changes };
  return JSON.parse(JSON.stringify(said)) as Record<string, unknown>;
}

class Issuer {
  public readonly asked: Array<{ readonly url: string; readonly form: Readonly<Record<string, string>>; readonly authorization: string }> = [];
  public readonly logged: Array<Readonly<Record<string, string>>> = [];
  public milliseconds = NOW;
  /** Answers of the endpoint in turn, the last one for ever; an error is thrown. */
  public answers: unknown[] = [active()];
  /** Texts of the secret in turn, the last one for ever; an error is thrown. */
  public secrets: unknown[] = [SECRET];
  public secretsRead = 0;
  private readonly handler: ReturnType<typeof tokenAuthorizer>;

  constructor(constraint: SenderConstraint = BEARER) {
    const next = (list: unknown[]) => {
      const value = list.length > 1 ? list.shift() : list[0];
      if (value instanceof Error) throw value;
      return value;
    };
    const ports = {
      now: () => new Date(this.milliseconds),
      postForm: async (url: string, form: Readonly<Record<string, string>>, authorization: string) => {
        this.asked.push({ url, form, authorization });
        return next(this.answers);
      },
      readSecret: async () => {
        this.secretsRead++;
        return next(this.secrets) as string | undefined;
      },
      log: (entry: Readonly<Record<string, string>>) => void this.logged.push(entry),
    };
    this.handler = tokenAuthorizer(introspector(SETTINGS, ports), constraint, ports);
  }

  public async bearing(text = TOKEN, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    try {
      return (await this.handler(event(`Bearer ${text}`, changes))).policyDocument.Statement[0].Effect.toLowerCase();
    } catch (error) {
      return (error as Error).message;
    }
  }

  public get reasons(): string[] {
    return this.logged.map(({ reason }) => reason);
  }
}

const refusedWith = (status: number) => Object.assign(new Error(`POST ${ENDPOINT}: answered ${status}`), { cause: new UnexpectedStatus(status) });
const UNAVAILABLE = 'the issuer does not say whether the token is good';

let issuer: Issuer;

beforeEach(() => { issuer = new Issuer(); });

describe('a token', () => {
  test('that its issuer calls active passes; the issuer is asked with the credentials of the secret', async () => {
    expect(await issuer.bearing()).toBe('allow');
    expect(issuer.asked).toEqual([{
      url: ENDPOINT, form: { token: TOKEN, token_type_hint: 'access_token' }, authorization: `Basic ${Buffer.from('api:CANARY-secret').toString('base64')}`,
    }]);
    expect(issuer.logged).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['no issuer, which speaks itself', { iss: undefined }],
    ['no type', { token_type: undefined }],
    ['a type in small letters', { token_type: 'bearer' }],
    ['several audiences', { aud: ['billing', 'orders'] }],
    ['the kind that Keycloak writes', { typ: 'Bearer' }],
    ['the kind that Ory Hydra writes', { token_use: 'access_token' }],
    ['no subject but its client', { sub: undefined }],
  ])('passes with %s', async (_name, changes) => {
    issuer.answers = [active(changes)];
    expect(await issuer.bearing()).toBe('allow');
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['is not active', 'inactive', { active: false }],
    ['is of another issuer', 'unknown-issuer', { iss: 'https://login.example.com' }],
    ['is for another audience', 'wrong-audience', { aud: 'billing' }],
    ['is for no audience', 'wrong-audience', { aud: undefined }],
    ['has expired', 'expired', { exp: SECONDS - 30 }],
    ['never expires', 'expired', { exp: undefined }],
    ['is not yet valid', 'not-yet-valid', { nbf: SECONDS + 31 }],
    ['is of a type that needs a proof', 'unsupported-token-type', { token_type: 'DPoP' }],
    ['has a list of types', 'unsupported-token-type', { token_type: ['bearer'] }],
    ['is a refresh token', 'not-an-access-token', { token_use: 'refresh_token' }],
    ['is a refresh token of Keycloak', 'not-an-access-token', { typ: 'Refresh' }],
    ['is an ID token', 'not-an-access-token', { nonce: 'n' }],
    ['is bound to a key', 'sender-constrained', { cnf: { jkt: RFC_THUMBPRINT } }],
    ['is about nobody', 'unusable-subject', { sub: undefined, client_id: undefined }],
  ])('that %s is refused', async (_name, reason, changes) => {
    issuer.answers = [active(changes)];
    expect(await issuer.bearing()).toBe('Unauthorized');
    expect(issuer.logged).toEqual([{ outcome: 'denied', reason, route: 'GET /orders/{id}', issuer: ISSUER }]);
  });

  test('without the scope of the route is denied', async () => {
    issuer.answers = [active({ scope: 'lines:read' })];
    expect(await issuer.bearing()).toBe('deny');
    issuer = new Issuer();
    issuer.answers = [active({ scope: undefined })];
    expect(await issuer.bearing()).toBe('deny');
  });

  test('that is no token, or a large one, is not asked about', async () => {
    expect(await issuer.bearing('x'.repeat(8193))).toBe('Unauthorized');
    expect(await issuer.bearing('a b')).toBe('Unauthorized');
    expect(issuer.reasons).toEqual(['token-too-large', 'no-bearer-token']);
    expect([issuer.asked, issuer.secretsRead]).toEqual([[], 0]);
  });

  test('that is bound to a certificate passes over the connection with that certificate alone', async () => {
    issuer = new Issuer(MUTUAL_TLS);
    issuer.answers = [active({ cnf: { 'x5t#S256': RFC_THUMBPRINT } })];
    expect(await issuer.bearing(TOKEN, overMutualTls(RFC_CERTIFICATE))).toBe('allow');
    expect(await issuer.bearing(TOKEN, overMutualTls(undefined))).toBe('Unauthorized');
    expect(issuer.reasons).toEqual(['no-client-certificate']);
    expect(issuer.asked).toHaveLength(1);
  });
});

describe('an answer is kept', () => {
  const asks = async (seconds: number, text = TOKEN) => {
    issuer.milliseconds += seconds * 1000;
    const before = issuer.asked.length;
    const outcome = await issuer.bearing(text);
    return [outcome, issuer.asked.length - before];
  };

  test('for a minute, whatever the route', async () => {
    expect(await asks(0)).toEqual(['allow', 1]);
    issuer.answers = [active({ active: false })];
    expect(await asks(59.999)).toEqual(['allow', 0]);
    expect(await asks(0.001)).toEqual(['Unauthorized', 1]);
  });

  test('no longer than the token lives', async () => {
    issuer.answers = [active({ exp: SECONDS + 5 })];
    expect(await asks(4)).toEqual(['allow', 1]);
    expect(await asks(0.9)).toEqual(['allow', 0]);
    expect(await asks(0.1)).toEqual(['allow', 1]); // within the tolerance, and asked each time
    expect(await asks(30)).toEqual(['Unauthorized', 1]);
  });

  test('for ten seconds where it is no', async () => {
    issuer.answers = [active({ active: false })];
    expect(await asks(0)).toEqual(['Unauthorized', 1]);
    issuer.answers = [active()];
    expect(await asks(9.999)).toEqual(['Unauthorized', 0]);
    expect(await asks(0.001)).toEqual(['allow', 1]);
  });

  test('not for another token, and not longer because a clock was set back', async () => {
    expect(await asks(0)).toEqual(['allow', 1]);
    expect(await asks(0, `${TOKEN}x`)).toEqual(['allow', 1]);
    expect(await asks(-1)).toEqual(['allow', 1]);
  });

  test('of a thousand tokens at most, and made-up ones drive out no good one', async () => {
    expect(await asks(0)).toEqual(['allow', 1]);
    issuer.answers = [active({ active: false })];
    for (let index = 0; index < 1001; index++) expect(await asks(0, `made-up-${index}`)).toEqual(['Unauthorized', 1]);
    expect(await asks(0, 'made-up-0')).toEqual(['Unauthorized', 1]);
    expect(await asks(0, 'made-up-1000')).toEqual(['Unauthorized', 0]);
    expect(await asks(0)).toEqual(['allow', 0]);
  });

  test('not where there was none', async () => {
    issuer.answers = [refusedWith(503), active()];
    expect(await asks(0)).toEqual([UNAVAILABLE, 1]);
    expect(await asks(0)).toEqual(['allow', 1]);
  });
});

describe('while the issuer', () => {
  test.each([503, 302, 400])('answers %d nothing is allowed, and the log says why', async (status) => {
    issuer.answers = [refusedWith(status)];
    expect(await issuer.bearing()).toBe(UNAVAILABLE);
    expect(issuer.logged).toEqual([{ outcome: 'fault', reason: 'introspection-unavailable', route: 'GET /orders/{id}', issuer: ISSUER, detail: `POST ${ENDPOINT}: answered ${status}` }]);
  });

  test.each<[string, unknown]>([
    ['no object', 'CANARY'], ['a list', [active()]], ['null', null], ['nothing of whether it is active', {}], ['active as text', active({ active: 'true' })],
    ['an exp as text', active({ exp: 'CANARY' })], ['a scope as a list', active({ scope: ['orders:read'] })], ['an audience of numbers', active({ aud: [7] })],
  ])('answers %s nothing is allowed', async (_name, answer) => {
    issuer.answers = [answer];
    expect(await issuer.bearing()).toBe(UNAVAILABLE);
    expect(issuer.logged).toEqual([expect.objectContaining({ outcome: 'fault', reason: 'introspection-unavailable', detail: 'answered no introspection response' })]);
  });

  test('refuses our credentials, they are read again, once, and passed on if they are others', async () => {
    issuer.answers = [active(), refusedWith(401), active()];
    issuer.secrets = [SECRET, '{"clientId":"api","clientSecret":"next one"}'];
    await issuer.bearing('first');
    issuer.milliseconds += 10_000;
    expect(await issuer.bearing()).toBe('allow');
    expect(issuer.asked.map(({ authorization }) => Buffer.from(authorization.slice(6), 'base64').toString())).toEqual(['api:CANARY-secret', 'api:CANARY-secret', 'api:next+one']);
  });

  test('refuses our credentials and there are no others, the answer is 500', async () => {
    issuer.answers = [refusedWith(401)];
    expect(await issuer.bearing()).toBe(UNAVAILABLE);
    expect([issuer.asked.length, issuer.secretsRead]).toEqual([1, 1]);
    issuer.milliseconds += 10_000;
    expect(await issuer.bearing()).toBe(UNAVAILABLE);
    expect([issuer.asked.length, issuer.secretsRead]).toEqual([2, 2]);
  });

  test('refuses the new credentials too, it is asked no third time', async () => {
    issuer.answers = [active(), refusedWith(401)];
    issuer.secrets = [SECRET, '{"clientId":"api","clientSecret":"next"}'];
    await issuer.bearing('first');
    issuer.milliseconds += 10_000;
    expect(await issuer.bearing()).toBe(UNAVAILABLE);
    expect(issuer.asked).toHaveLength(3);
  });
});

describe('the secret', () => {
  test('is read again after five minutes, and used on while it cannot be read', async () => {
    issuer.secrets = [SECRET, Object.assign(new Error('CANARY'), { name: 'ThrottlingException' })];
    await issuer.bearing('first');
    issuer.milliseconds += 299_999;
    await issuer.bearing('second');
    expect(issuer.secretsRead).toBe(1);
    issuer.milliseconds += 1;
    expect([await issuer.bearing('third'), await issuer.bearing('fourth'), issuer.secretsRead]).toEqual(['allow', 'allow', 2]);
    expect(issuer.logged).toEqual([{ outcome: 'fault', reason: 'client-secret-not-read', issuer: ISSUER, detail: 'ThrottlingException' }]);
  });

  test.each<[string, unknown, string]>([
    ['cannot be read', Object.assign(new Error('CANARY'), { name: 'AccessDeniedException' }), 'AccessDeniedException'],
    ['is no JSON', 'CANARY', 'UnusableSecret'], ['is missing', undefined, 'UnusableSecret'], ['is the placeholder of a rotation', '{"placeholder":"CANARY"}', 'UnusableSecret'],
    ['has an empty part', '{"clientId":"api","clientSecret":""}', 'UnusableSecret'], ['has an empty id', '{"clientId":"","clientSecret":"CANARY"}', 'UnusableSecret'],
    ['is null', 'null', 'UnusableSecret'],
  ])('that %s lets nobody in, and is tried again after ten seconds', async (_name, secret, detail) => {
    issuer.secrets = [secret, secret, SECRET];
    for (const seconds of [0, 9]) {
      issuer.milliseconds += seconds * 1000;
      expect(await issuer.bearing()).toBe('the credentials for the issuer are not available');
    }
    expect(issuer.secretsRead).toBe(1);
    expect(issuer.logged[0]).toEqual({ outcome: 'fault', reason: 'client-secret-not-read', issuer: ISSUER, detail });
    expect(issuer.reasons.slice(1)).toEqual(['client-secret-unavailable', 'client-secret-unavailable']);
    expect(issuer.asked).toEqual([]);
    issuer.milliseconds += 11_000;
    await issuer.bearing();
    issuer.milliseconds += 11_000;
    expect(await issuer.bearing()).toBe('allow');
    expect(JSON.stringify(issuer.logged)).not.toContain('CANARY');
  });

  test('is read by its ARN, in its current version', async () => {
    const sent: unknown[] = [];
    const client = { send: async ({ input }: { readonly input: unknown }) => { sent.push(input); return { SecretString: 'text' }; } };
    expect(await secretText(client as never, 'arn:secret')()).toBe('text');
    expect(sent).toEqual([{ SecretId: 'arn:secret' }]);
  });

  test('may have any characters, which the form encoding keeps apart', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), async (clientId, clientSecret) => {
      issuer = new Issuer();
      issuer.secrets = [JSON.stringify({ clientId, clientSecret })];
      await issuer.bearing();
      const parts = Buffer.from(issuer.asked[0].authorization.slice('Basic '.length), 'base64').toString().split(':');
      expect(parts.map((part) => new URLSearchParams(`v=${part}`).get('v'))).toEqual([clientId, clientSecret]);
    }), { numRuns: 200 });
  }, 60_000);
});

test('whatever an issuer answers, nothing passes that it does not call active, and nothing of token, answer and secret is logged or thrown', async () => {
  const json = fc.jsonValue();
  const said = fc.record({
    active: fc.oneof(fc.boolean(), json),
    iss: fc.oneof(fc.constant(ISSUER), json),
    aud: fc.oneof(fc.constant('orders'), json),
    sub: fc.oneof(fc.constant('CANARY'), json),
    exp: fc.oneof(fc.constant(SECONDS + 9), json),
    scope: fc.oneof(fc.constant('orders:read CANARY'), json),
    token_type: fc.oneof(fc.constant('Bearer'), json),
    cnf: json,
    typ: json,
  }, { requiredKeys: ['active'] });
  await fc.assert(fc.asyncProperty(fc.oneof(json, said), async (answer) => {
    issuer = new Issuer();
    issuer.answers = [answer];
    const outcome = await issuer.bearing();
    if ((answer as { active?: unknown } | null)?.active !== true) expect(['Unauthorized', UNAVAILABLE]).toContain(outcome);
    expect(['allow', 'deny', 'Unauthorized', UNAVAILABLE]).toContain(outcome);
    expect(JSON.stringify(issuer.logged)).not.toContain('CANARY');
  }), { numRuns: 1000 });
}, 60_000);

describe('the configuration', () => {
  const good = { ISSUER, AUDIENCES: '["orders"]', ENDPOINT, SECRET_ARN: 'arn:secret' };

  test('names issuer, audiences, endpoint and secret', () => {
    expect(parseIntrospectionSettings(good)).toEqual({ ...SETTINGS, secretArn: 'arn:secret' });
  });

  test.each<[Record<string, string | undefined>, string]>([
    [{ ISSUER: 'http://login.example.com' }, 'ISSUER must be an https URL'],
    [{ ENDPOINT: undefined }, 'ENDPOINT must be an https URL'],
    [{ AUDIENCES: '[]' }, 'AUDIENCES must be an array of at least one non-empty string'],
    [{ AUDIENCES: undefined }, 'AUDIENCES must be an array'],
    [{ SECRET_ARN: '' }, 'SECRET_ARN must name the secret'],
  ])('is refused with %j', (changes, message) => {
    expect(() => parseIntrospectionSettings({ ...good, ...changes })).toThrow(message);
  });
});
