import { runProofs } from './proof';
import { proof, proveVerifier } from './webhook-fuzz';
import { Mutation } from '../runtime/mutant';
import { fuzz } from '../runtime/webhooks/fuzz/fuzz';
import { subjectWith } from '../runtime/webhooks/fuzz/subject';

jest.setTimeout(120_000);

test('holds, and ends with its figures', async () => {
  const lines: string[] = [];
  expect(await runProofs(['webhook-fuzz'], () => proof, ['40000'], (line) => lines.push(line))).toBe(0);
  expect(lines.at(-1)).toBe('webhook-fuzz: 40000 inputs, 0 thrown, 0 accepted unsigned');
});

test('the same seed makes the same inputs, another one others', () => {
  const [one, two, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(fuzz(subjectWith(), 3000, seed).spread));
  expect(one).toBe(two);
  expect(one).not.toBe(other);
});

test('tells nothing of a run that got to no signature, or of a number that is none', async () => {
  expect(() => proveVerifier(subjectWith(), 10, 'x', () => undefined)).toThrow(/^no input of .* got as far as its signature$/);
  await expect(proof.run(['many'], () => undefined)).rejects.toThrow('must be a whole number');
});

/** Mistakes that verifiers and parsers of this kind have made, each of which has to be found. */
test.each<[string, 'thrown' | 'accepted unsigned' | 'either', Mutation]>([
  ['takes any signature', 'accepted unsigned', { file: 'keys', from: "matched ? nameOf(matched) : new Refused('forged')", to: 'nameOf(matched ?? usable[0])' }],
  ['compares up to the shorter length', 'either', {
    file: 'algorithms', from: 'signature.length === expected.length && timingSafeEqual(signature, expected)', to: 'expected.subarray(0, signature.length).equals(signature)',
  }],
  ['compares without looking at lengths', 'thrown', { file: 'algorithms', from: 'signature.length === expected.length && ', to: '' }],
  ['decodes signatures leniently', 'either', { file: 'encodings', from: 'isExact(text, encoding) ? Buffer.from(text, encoding) : undefined', to: 'Buffer.from(text, encoding)' }],
  ['decodes leniently what is no signature', 'either', { file: 'encodings', from: 'bytes.toString(encoding) === text ? bytes : undefined', to: 'bytes' }],
  ['takes the first of two headers', 'accepted unsigned', { file: 'delivery', from: "if (found !== undefined) return new Refused('duplicate-header');", to: 'if (found !== undefined) break;' }],
  ['reads bytes that are no text', 'either', { file: 'encodings', from: 'isUtf8(bytes) ? bytes', to: 'bytes ? bytes' }],
  ['does not compare the hash in a token', 'accepted unsigned', { file: 'jwt', from: "if (!hasHashOf(delivery.body, payload, scheme)) return new Refused('digest-mismatch');", to: '' }],
  ['does not compare the digest of a message', 'accepted unsigned', { file: 'http-message', from: 'if (problem) return problem;', to: '' }],
  ['takes any password', 'accepted unsigned', { file: 'static-secret', from: 'timingSafeEqual(sha256(key.bytes), presented)', to: 'presented.length > 0' }],
  ['counts on JSON', 'thrown', { file: 'json', from: 'catch {\n    return undefined;', to: 'catch (error) {\n    throw error;' }],
  ['counts on percent-encoding', 'thrown', { file: 'canonical/form', from: 'catch {\n    return undefined;', to: 'catch (error) {\n    throw error;' }],
  ['reads short secrets', 'thrown', { file: 'key-formats', from: 'if (bytes.length < MIN_SECRET_BYTES)', to: 'if (bytes.length < 1)' }],
  ['reads what begins like a number', 'either', { file: 'timestamps', from: 'SECONDS.test(text) ? Number(text) : undefined', to: 'Number.parseInt(text, 10) || undefined' }],
])('fails for a verifier that %s', (_mistake, kind, mutation) => {
  const { holds, figures } = proveVerifier(subjectWith(mutation), 15_000, 'webhooks', () => undefined);
  expect(holds).toBe(false);
  if (kind !== 'either') expect(figures).toMatch(new RegExp(`[1-9]\\d* ${kind}`));
});
