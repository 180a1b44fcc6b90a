import { createHmac } from 'node:crypto';
import { NOW, runOn, SECRET } from './ports';
import { REMEDIES } from '../../../src/cli/webhook/remedies';
import { explanationOf } from '../../../src/cli/webhook/verify';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { REASONS } from '../../../src/runtime/webhooks/verdict';
import { NOW as SAMPLED, SAMPLES, withHeader } from '../../runtime/webhooks/senders';

const URL = 'https://hooks.example.com/in/a';
const BODY = '{"id":"evt_1","note":"CANARY-body"}';

function signature(body = BODY, time = NOW, secret = SECRET): string {
  return createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
}

function capture(body = BODY, header = `t=${NOW},v1=${signature()}`): object {
  return { method: 'POST', url: URL, headers: { 'Stripe-Signature': header }, body };
}

const explain = (request: string | object, ...args: string[]) =>
  runOn({ request }, ['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'request', ...args]);

test('a genuine request ends with 0 and says what was looked at', async () => {
  expect(await explain(capture())).toEqual({
    code: 0,
    stderr: '',
    sent: [],
    stdout: [
      'request: genuine',
      '  as of 2026-01-01T00:00:00.000Z',
      '  ok      size         a body of 35 bytes, 1 headers',
      '  ok      signature    stripe-signature: there',
      "  ok      time         't' in the list, 300 s of tolerance",
      '  ok      encoding     v1 hmac-sha256 in hex',
      '  ok      keys         1 given',
      '  ok      content      timestamp + "." + body',
      '  ok      match        a signature of the content by one of the keys',
      '  ok      requirements none',
      '  key 1 of 1, the signature vouches for: body',
      '',
    ].join('\n'),
  });
});

test('a refused request ends with 1 and says at which step and why', async () => {
  const { code, stdout } = await explain(capture(), '--at', String(NOW + 301));
  expect(code).toBe(1);
  expect(stdout).toContain('request: refused, stale\n');
  expect(stdout).toContain("  ok      signature    stripe-signature: there\n  REFUSED time         't' in the list, 300 s of tolerance\n  -       encoding");
  expect(stdout).toContain('the request is older than the tolerance; give its time of arrival by --at');
});

test.each<[string, object, string, string]>([
  ['no header', { ...capture(), headers: {} }, 'missing-header', 'REFUSED signature    stripe-signature: absent'],
  ['two headers', { ...capture(), headers: { 'Stripe-Signature': ['a', 'b'] } }, 'duplicate-header', 'REFUSED signature    stripe-signature: there 2 times'],
  ['no time', capture(BODY, `v1=${signature()}`), 'missing-header', "REFUSED time         't' in the list"],
  ['another version', capture(BODY, `t=${NOW},v0=${signature()}`), 'malformed-signature', 'REFUSED encoding     v1 hmac-sha256 in hex'],
  ['another key', capture(BODY, `t=${NOW},v1=${signature(BODY, NOW, 'x'.repeat(20))}`), 'forged', 'REFUSED match'],
])('%s is told at its step', async (_, request, reason, line) => {
  const { code, stdout } = await explain(request);
  expect(code).toBe(1);
  expect(stdout).toContain(`refused, ${reason}\n`);
  expect(stdout).toContain(line);
});

describe('says what would make it genuine:', () => {
  test.each<[string, string, string]>([
    ['without the line end behind the body', `${BODY}\n`, BODY],
    ['with a line end behind the body', BODY, `${BODY}\n`],
    ['with line feeds for the line ends', '{\r\n"a": 1}', '{\n"a": 1}'],
    ['with the body as JSON without blanks', JSON.stringify(JSON.parse(BODY), undefined, 4), BODY],
    ['with the body as JSON with blanks', BODY, JSON.stringify(JSON.parse(BODY), undefined, 2)],
  ])('%s', async (says, captured, signed) => {
    const { stdout } = await explain(capture(captured, `t=${NOW},v1=${signature(signed)}`));
    expect(stdout).toContain(`  it would be genuine ${says}`);
  });

  test.each([
    ['with a slash behind the address', URL, `${URL}/`],
    ['without the slash behind the address', `${URL}/`, URL],
    ['with https in the address', URL.replace('https', 'http'), URL],
  ])('%s', async (says, captured, signed) => {
    const headers = { 'x-square-hmacsha256-signature': createHmac('sha256', SECRET).update(signed + BODY).digest('base64') };
    const { stdout } = await runOn(
      { request: { method: 'POST', url: captured, headers, body: BODY } }, ['verify', '--scheme', 'square', '--secret-stdin', '--request', 'request'],
    );
    expect(stdout).toContain(`  it would be genuine ${says}`);
  });

  test('nothing, where nothing would', async () => {
    expect((await explain(capture('{broken'))).stdout).not.toContain('it would be');
  });
});

describe('reads', () => {
  const header = `t=${NOW},v1=${signature()}`;

  test('the event of an API, which tells the time of arrival', async () => {
    const event = {
      httpMethod: 'POST',
      multiValueHeaders: { 'Stripe-Signature': [header] },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      body: Buffer.from(BODY).toString('base64'),
      isBase64Encoded: true,
      requestContext: { requestTimeEpoch: NOW * 1000 },
    };
    const late = { nowSeconds: () => NOW + 10_000 };
    const argv = ['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'request', '--url', URL];
    expect((await runOn({ request: event }, argv, late)).code).toBe(0);
    expect((await runOn({ request: { ...event, body: BODY, isBase64Encoded: false, requestContext: {} } }, argv)).code).toBe(0);
    expect(await runOn({ request: { ...event, body: '*' } }, argv)).toMatchObject({ code: 3, stderr: expect.stringContaining('the body of the event is not base64') });
    expect((await runOn({ request: { ...event, body: null, isBase64Encoded: false } }, argv)).stdout).toContain('a body of 0 bytes');
  });

  test.each(['\r\n', '\n'])('HTTP/1.1 with lines that end with %j, the body byte for byte', async (end) => {
    const head = ['POST /in/a HTTP/1.1', 'Host: other.example', `Stripe-Signature:  ${header} `, '', ''].join(end);
    expect((await explain(head + BODY, '--url', URL)).code).toBe(0);
    expect((await explain(`${head}${BODY}\r\n`, '--url', URL)).stdout).toContain('it would be genuine without the line end');
    expect((await explain('POST / HTTP/1.1\n\n', '--url', URL)).stdout).toContain('0 headers');
  });

  test.each([1e300, -1e300, 8.64e15 + 1])('no event that came at no time: %d', async (requestTimeEpoch) => {
    const event = { httpMethod: 'POST', multiValueHeaders: {}, body: BODY, isBase64Encoded: false, requestContext: { requestTimeEpoch } };
    const argv = ['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'request', '--url', URL];
    expect(await runOn({ request: event }, argv)).toMatchObject({ code: 3, stderr: expect.stringContaining('the time of arrival is none') });
  });

  test('what a receiver kept since it could not judge it, by the time at which it came', async () => {
    const kept = { receivedAt: NOW * 1000, method: 'POST', url: URL, headers: [['Stripe-Signature', header], ['Host']], bodyBase64: Buffer.from(BODY).toString('base64') };
    const argv = ['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'request'];
    const { code, stdout } = await runOn({ request: kept }, argv, { nowSeconds: () => NOW + 10_000 });
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 headers')]);
  });

  test('a body in base64', async () => {
    expect((await explain({ ...capture(), body: undefined, bodyBase64: Buffer.from(BODY).toString('base64') })).code).toBe(0);
  });

  test.each<[string, string | object, string]>([
    ['neither', 'hello', 'request: this is no captured request; give the event of an API'],
    ['a line of the head without a name', 'POST / HTTP/1.1\nnonsense\n\n', 'request: a line of the head has no name; '],
    ['a list', '[]', 'request: this is no captured request; '],
    ['a body that is not base64', { ...capture(), bodyBase64: '*' }, 'request: this is no captured request; '],
    ['a method that is none', { ...capture(), method: 1 }, 'request: this is no captured request; '],
  ])('no file with %s', async (_, request, message) => {
    expect(await explain(request, '--url', URL)).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('no file that is not there, that is too large or that cannot be read', async () => {
    const verifying = ['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'r'];
    const files = (bytes: number) => ({ stat: () => ({ kind: 'file' as const, bytes }), read: () => { throw Object.assign(new Error('no'), { code: 'EACCES' }); }, write: () => undefined });
    expect((await runOn({}, verifying)).stderr).toContain('r: there is no such file; check the path');
    expect((await runOn({}, verifying, { files: files(1e9) })).stderr).toContain('r: the file has 1000000000 bytes, more than');
    expect((await runOn({}, verifying, { files: files(1) })).stderr).toContain('r: the file cannot be read (EACCES); check its permissions');
  });

  test('a scheme from a file, and settings besides', async () => {
    const argv = ['verify', '--secret-env', 'KEY', '--request', 'request'];
    expect((await runOn({ request: capture(), s: { preset: 'stripe', toleranceSeconds: 5 } }, [...argv, '--scheme', 's'])).stdout).toContain('5 s of tolerance');
    expect((await runOn({ request: capture() }, [...argv, '--scheme', 'paypal'])).stderr)
      .toContain("paypal: scheme.settings must have 'webhookId'; correct it, or give what is missing by --setting");
    expect((await runOn({ request: capture() }, [...argv, '--scheme', 'paypl'])).stderr).toMatch(/--scheme must be a file or one of standard-webhooks, .*, got 'paypl'; see --help/);
  });

  test('several keys, and the name of one', async () => {
    const argv = ['verify', '--scheme', 'stripe', '--request', 'request', '--secret-file', 'old', '--secret-env', 'KEY', '--key-id', 'k'];
    expect((await runOn({ request: capture(), old: 'another-secret-that-is-long' }, argv)).stdout).toContain('key 1 of 2');
    expect((await runOn({ request: capture(), old: 'short' }, argv)).stderr).toBe('cdk-secure-integrations: old: the secret must have at least 16 bytes; give the key as the sender shows it\n');
  });
});

describe('wrong usage', () => {
  test.each<[readonly string[], string]>([
    [[], "'webhook' must be followed by 'sign' or 'verify'; see --help"],
    [['verify', 'x'], "'webhook verify' must be given options alone; see --help"],
    [['verify'], '--scheme must be given, got none; name a preset, or a file that holds a scheme as JSON'],
    [['verify', '--scheme', 'stripe'], 'a key must be given, got none; use --secret-env, --secret-file or --secret-stdin'],
    [['verify', '--scheme', 'stripe', '--secret-stdin'], '--request must be given, got none; name a captured request'],
    [['verify', '--scheme', 'stripe', '--secret-stdin', '--send'], "--send must stand with 'webhook sign', got 'webhook verify'; leave it out"],
    [['verify', '--scheme', 'stripe', '--secret-env', 'NONE', '--request', 'r', '--url', URL], '--secret-env must name a variable that is set; export it, or name another'],
    [['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'r'], '--url must be given for this request; name the address that the sender was told'],
    [['verify', '--scheme', 'stripe', '--secret-stdin', '--at', 'noon'], '--at must be seconds since 1970, or an instant such as 2027-06-30T12:00:00Z; correct it'],
    [['verify', '--scheme', 'stripe', '--secret-stdin', '--setting', 'x'], '--setting must be written name=value; see --help'],
    [['sign', '--scheme', 'stripe', '--secret-stdin', '--request', 'r'], "--request must stand with 'webhook verify', got 'webhook sign'; leave it out"],
    [['sign', '--scheme', 'stripe', '--secret-stdin'], '--url must be given, got none; name the address that the request goes to'],
    [['sign', '--scheme', 'stripe', '--secret-stdin', '--url', URL], '--body must be given, got none; name a file'],
  ])('%j: %s', async (argv, message) => {
    expect(await runOn({ r: { headers: {} } }, argv)).toMatchObject({ code: 2, stdout: '', stderr: `cdk-secure-integrations: ${message}\n` });
  });

  test('a secret on the command line is refused, and not repeated', async () => {
    const { code, stderr } = await runOn({}, ['verify', `--secret=${SECRET}`]);
    expect(code).toBe(2);
    expect(stderr).not.toContain('CANARY');
  });

  test.each(['--help', '-h'])('%s prints the help', async (flag) => {
    expect(await runOn({}, ['sign', flag])).toMatchObject({ code: 0, stdout: expect.stringContaining('webhook verify') });
  });

  test('an error of the program itself is thrown', async () => {
    await expect(explainThrowing()).rejects.toThrow('no clock');
  });
});

function explainThrowing(): Promise<unknown> {
  return runOn({ request: capture() }, ['verify', '--scheme', 'stripe', '--secret-env', 'KEY', '--request', 'request'], { nowSeconds: () => { throw new Error('no clock'); } });
}

describe.each(SAMPLES)('$preset', ({ scheme, keys, delivery }) => {
  const changed: readonly (readonly [string, Delivery, number])[] = [
    ['as sent', delivery, SAMPLED],
    ['later', delivery, SAMPLED + 1e6],
    ['another body', { ...delivery, body: Buffer.from('{"CANARY":1}') }, SAMPLED],
    ...delivery.headers.map(([name]) => [`without ${name}`, withHeader(delivery, name, undefined), SAMPLED] as const),
    ...delivery.headers.map(([name]) => [`another ${name}`, withHeader(delivery, name, 'CANARY'), SAMPLED] as const),
  ];

  test('a refusal is put to one step, and no text tells of what was sent', () => {
    for (const [, sent, at] of changed) {
      const { isGenuine, text } = explanationOf('request', scheme, sent, keys, at);
      expect(text.match(/^ {2}REFUSED/gm) ?? []).toHaveLength(isGenuine ? 0 : 1);
      expect(text).not.toMatch(/CANARY|[A-Za-z0-9+_-]{40}|[A-Za-z0-9+/]{40}=/);
      for (const [, value] of sent.headers) if (value.length > 24) expect(text).not.toContain(value);
    }
  });
});

test('there is a remedy for each reason', () => {
  expect(Object.keys(REMEDIES).sort()).toEqual([...REASONS].sort());
});
