import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { asDeployed, thrownBy } from './bound';
import { webhooks } from '../../src';
import { parseScheme } from '../../src/runtime/webhooks/parse-scheme';
import { detachedDocument, detachedScheme } from '../../src/webhooks/private/detached-scheme';
import { httpMessageDocument, httpMessageScheme } from '../../src/webhooks/private/http-message-scheme';
import { jwtDocument, jwtScheme } from '../../src/webhooks/private/jwt-scheme';
import { PRESET_FACTS, PresetName } from '../../src/webhooks/private/preset-facts';
import { presetDocument, presetScheme } from '../../src/webhooks/private/preset-scheme';
import { staticDocument, staticScheme } from '../../src/webhooks/private/static-scheme';

// Constructs may not import the verifier, so what it refuses at start-up is written down a second time. Here the two are held to each other: over
// options that are right, nearly right and wrong, synthesis fails just where the function would not start.

const { CertificateSource, Requirement, SignatureSource, SignedId, SignedPart, SignedTime } = webhooks;

const STACK = new Stack(new App(), 'Stack');
const RUNS = { numRuns: 3000 };

/** Mostly one of the good, now and then anything. */
const mostly = <T>(good: readonly T[], others: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: others });
const enumeration = <T extends string>(values: Readonly<Record<string, T>>) => fc.constantFrom(...Object.values(values));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof(
  { weight: 20, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant<T[]>([]) },
  { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 31, maxLength: 34 }) },
);

const odd = fc.oneof(
  fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', 'é', '\n', '\x7f', 'a b', '__proto__', 'toString', '~', '/~2', '//', 'a:b'),
  fc.integer({ min: 31, max: 130 }).map((length) => 'a'.repeat(length)), fc.integer({ min: 510, max: 514 }).map((length) => 'a'.repeat(length)),
);
const header = mostly(['X-Signature', 'x-time', "a!#$%&'*+.^_`|~-z"], odd);
const pointer = mostly(['/id', '/MessageId', '/Subject', '/a/b~1c', `${'/a'.repeat(8)}`], fc.oneof(odd, fc.constant('/a'.repeat(9))));
const name = mostly(['account', 'a.b:c/d-e', 'toString'], odd);
const label = mostly(['v1', 'sha256='], odd);
const value = mostly(['SHA256withRSA', ' '], odd);
const literal = mostly(['.', '\n', 'v0:'], odd);

const tolerance = mostly([Duration.seconds(1), Duration.minutes(5), Duration.days(1)],
  fc.oneof(fc.integer({ min: 0, max: 90_000 }).map(Duration.seconds), fc.integer({ min: 0, max: 3000 }).map(Duration.millis)));
const maxBody = mostly([Size.bytes(1), Size.mebibytes(10)],
  fc.oneof(fc.integer({ min: 0, max: 20_000 }).map(Size.kibibytes), fc.constantFrom(Size.kibibytes(0.3), Size.bytes(10 * 1024 * 1024 + 1))));
const values = fc.oneof(
  { weight: 12, arbitrary: fc.array(value, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<string[]>([], Array.from({ length: 256 }, () => 'a'), Array.from({ length: 257 }, () => 'a')) },
);
const requirement = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(header, values).map(([one, all]) => Requirement.header(one, ...all)) },
  { weight: 3, arbitrary: fc.tuple(pointer, values).map(([one, all]) => Requirement.pointer(one, ...all)) },
  { weight: 1, arbitrary: fc.tuple(name, values).map(([one, all]) => Requirement.claim(one, ...all)) },
);
const many = fc.integer({ min: 30, max: 34 }).map((length) => Array.from({ length }, () => Requirement.header('a', 'b')));
const members = { maxBody: maybe(maxBody), require: maybe(fc.oneof({ weight: 5, arbitrary: few(requirement) }, { weight: 1, arbitrary: many })) };
const common = { ...members, keyFormat: enumeration(webhooks.WebhookKeyFormat), handshake: maybe(enumeration(webhooks.WebhookHandshake)) };
const unit = enumeration(webhooks.SignedTimeUnit);

const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(SignedPart.body(), SignedPart.timestamp(), SignedPart.id()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      SignedPart.method(), SignedPart.url(), SignedPart.decodedUrl(), SignedPart.crc32(), SignedPart.twilio(), SignedPart.adyen(),
      SignedPart.awsSns(), SignedPart.contentful(),
    ),
  },
  { weight: 1, arbitrary: fc.oneof(literal.map((text) => SignedPart.literal(text)), name.map((one) => SignedPart.setting(one))) },
);

const detached: fc.Arbitrary<webhooks.DetachedSchemeOptions> = fc.record({
  ...common,
  accepts: few(fc.record({
    algorithm: enumeration(webhooks.SignatureAlgorithm), encoding: enumeration(webhooks.SignatureEncoding), label: maybe(label),
  })),
  signature: fc.oneof(
    few(header).map((all) => SignatureSource.header(...all)),
    fc.tuple(header, fc.constantFrom(1, 100, 0, 101, 1.5)).map(([prefix, most]) => SignatureSource.numbered(prefix, most)),
    fc.tuple(header, mostly([' ', ',', ';'], odd), mostly([',', '='], odd)).map((all) => SignatureSource.list(...all)),
    pointer.map((one) => SignatureSource.body(one)),
  ),
  content: fc.oneof({ weight: 4, arbitrary: few(part) }, { weight: 1, arbitrary: fc.constant([SignedPart.awsSns()]) }).map((parts) => [...parts]),
  settings: maybe(fc.dictionary(mostly(['account', 'a.b:c/d-e', 'toString'], fc.string()), value, { maxKeys: 3 }).map((all) => ({ ...all }))),
  timestamp: maybe(fc.oneof(
    fc.tuple(header, unit).map((all) => SignedTime.header(...all)), fc.tuple(label, unit).map((all) => SignedTime.label(...all)),
    fc.tuple(pointer, unit).map((all) => SignedTime.pointer(...all)),
  )),
  tolerance: fc.constant(undefined),
  id: maybe(fc.oneof(header.map((one) => SignedId.header(one)), pointer.map((one) => SignedId.pointer(one)))),
  certificate: fc.option(fc.tuple(
    fc.constantFrom(CertificateSource.header, CertificateSource.pointer), fc.oneof(header, pointer),
    mostly(['^https://a\\.example/[a-z]+$', '^https://.$'], fc.oneof(odd, fc.constantFrom('^https://[$', '^https://$', '^http://a$', '^https://a\n$'))),
  ).map(([make, place, url]) => make(place, url)), { nil: undefined, freq: 4 }),
}).chain((options) => options.timestamp ? maybe(tolerance).map((one) => ({ ...options, tolerance: one })) : fc.constant(options));

const jwt: fc.Arbitrary<webhooks.JwtSchemeOptions> = fc.record({
  ...common,
  header,
  algorithms: few(enumeration(webhooks.JwtAlgorithm)),
  bodyHashClaim: name,
  bodyHashEncoding: enumeration(webhooks.SignatureEncoding),
  time: enumeration(webhooks.JwtTime),
  tolerance: maybe(tolerance),
  urlClaim: maybe(name),
  idClaim: maybe(name),
});

const component = mostly(['@method', '@target-uri', 'Content-Digest', '@query', 'x-tenant'], fc.oneof(odd, fc.constantFrom('@status', 'x_y')));
const httpMessage: fc.Arbitrary<webhooks.HttpMessageSchemeOptions> = fc.record({
  ...common,
  keyFormat: maybe(common.keyFormat),
  algorithms: maybe(few(enumeration(webhooks.SignatureAlgorithm))),
  components: maybe(few(component)),
  tolerance: maybe(tolerance),
  tag: maybe(value),
  idPointer: maybe(pointer),
});

const staticSecret: fc.Arbitrary<webhooks.StaticSecretOptions> = fc.record({
  ...common, keyFormat: maybe(common.keyFormat), header, prefix: maybe(literal),
});

const preset = fc.record({
  name: fc.constantFrom(...Object.keys(PRESET_FACTS) as PresetName[]),
  options: fc.record({ ...members, tolerance: maybe(tolerance) }),
  webhookId: value,
}).map(({ name: sender, options: { tolerance: seconds, ...options }, webhookId }) => ({
  sender,
  // The factories of senders that sign no time take no tolerance.
  options: PRESET_FACTS[sender].signsTime ? { ...options, tolerance: seconds } : options,
  settings: sender === 'paypal' ? { webhookId } : undefined,
}));

/** Runs both over the inputs, and shows that neither side was always right or always wrong. */
function hold<T>(inputs: fc.Arbitrary<T>, atSynthesis: (input: T) => { document: object }, written: (input: T) => object): void {
  const seen = { accepted: 0, refused: 0 };
  fc.assert(fc.property(inputs, (input) => {
    const refusal = thrownBy(() => atSynthesis(input));
    expect([refusal === undefined, refusal]).toEqual([thrownBy(() => parseScheme(asDeployed(written(input)))) === undefined, refusal]);
    expect(refusal ?? '[Stack] ').toMatch(/^\[Stack\] /);
    if (refusal === undefined) expect(atSynthesis(input).document).toEqual(written(input));
    seen[refusal === undefined ? 'accepted' : 'refused'] += 1;
  }), RUNS);
  expect(seen.accepted).toBeGreaterThan(RUNS.numRuns / 50);
  expect(seen.refused).toBeGreaterThan(RUNS.numRuns / 50);
}

test('a detached scheme fails at synthesis just where the function would not start', () => {
  hold(detached, (options) => detachedScheme(STACK, options), detachedDocument);
});

test('a scheme with a token does', () => {
  hold(jwt, (options) => jwtScheme(STACK, options), jwtDocument);
});

test('a scheme of RFC 9421 does', () => {
  hold(httpMessage, (options) => httpMessageScheme(STACK, options), httpMessageDocument);
});

test('a password does', () => {
  hold(staticSecret, (options) => staticScheme(STACK, options), staticDocument);
});

test('what is said besides a preset does', () => {
  hold(preset, ({ sender, options, settings }) => presetScheme(STACK, sender, options, settings),
    ({ sender, options, settings }) => presetDocument(sender, options, settings));
});
