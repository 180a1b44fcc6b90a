import { setTimeout as sleep } from 'node:timers/promises';
import { FetchJson, httpsForm, httpsJson, UnexpectedStatus } from '../../../src/runtime/api/https-json';
import { Certificate, HttpsServer, loopbackCertificate } from '../https-server';

let certificate: Certificate;
let server: HttpsServer;
let fetchJson: FetchJson;

beforeAll(async () => {
  certificate = await loopbackCertificate();
  server = await HttpsServer.start(certificate, async (url, response) => {
    switch (url) {
      case '/good': return response.end('{"keys":[]}');
      case '/redirect': return response.writeHead(302, { location: '/good' }).end();
      case '/error': return response.writeHead(500).end('{"keys":[]}');
      case '/large': return response.end(`"${'x'.repeat(1023)}"`);
      case '/fits': return response.end(`"${'x'.repeat(1022)}"`);
      case '/endless':
        while (response.write('x'.repeat(1000))) await sleep(1);
        return;
      case '/text': return response.end('SECRET');
      case '/latin': return response.end(Buffer.from([0x22, 0xe9, 0x22]));
      case '/cut': return response.writeHead(200, { 'content-length': 10 }).write('{', () => response.destroy());
      case '/drip':
        for (let index = 0; index < 100; index++) {
          response.write(' ');
          await sleep(20);
        }
        return response.end('{}');
      default: return undefined; // never answers
    }
  });
  fetchJson = httpsJson({ ca: certificate.cert, maxBytes: 1024, timeoutMilliseconds: 1000 });
});

afterAll(() => server.stop());

test('gives the document', async () => {
  expect(await fetchJson(`${server.origin}/good`)).toEqual({ keys: [] });
  expect(await fetchJson(`${server.origin}/fits`)).toHaveLength(1022);
});

test.each([
  ['/redirect', 'answered 302'],
  ['/error', 'answered 500'],
  ['/large', 'answered more than 1024 bytes'],
  ['/endless', 'answered more than 1024 bytes'],
  ['/text', 'answered no JSON'],
  ['/latin', 'answered no JSON'],
  ['/cut', 'ECONNRESET'],
  ['/drip', 'no answer within 1000 ms'],
  ['/silent', 'no answer within 1000 ms'],
])('rejects the answer at %s, and says only: %s', async (path, what) => {
  await expect(fetchJson(`${server.origin}${path}`)).rejects.toMatchObject({ message: `GET ${server.origin}${path}: ${what}` });
});

test('follows no redirect', async () => {
  const before = server.urls.length;
  await expect(fetchJson(`${server.origin}/redirect`)).rejects.toThrow();
  expect(server.urls.slice(before)).toEqual(['/redirect']);
});

test('trusts no certificate of an unknown authority', async () => {
  await expect(httpsJson()(`${server.origin}/good`)).rejects.toThrow(`GET ${server.origin}/good: DEPTH_ZERO_SELF_SIGNED_CERT`);
});

test('trusts no certificate of another host', async () => {
  const url = `${server.origin.replace('localhost', '127.0.0.1')}/good`;
  await expect(fetchJson(url)).rejects.toThrow(/: (ERR_TLS_CERT_ALTNAME_INVALID|ECONNREFUSED)$/);
});

test('says that nobody listens', async () => {
  const gone = await HttpsServer.start(certificate, () => undefined);
  const { origin } = gone;
  await gone.stop();
  await expect(fetchJson(`${origin}/`)).rejects.toThrow(`GET ${origin}/: ECONNREFUSED`);
});

test('speaks HTTPS only', async () => {
  await expect(fetchJson('http://localhost/')).rejects.toThrow('GET http://localhost/: ERR_INVALID_PROTOCOL');
});

test('sends nothing but what is asked for', () => {
  const { headers, method } = server.requests[0];
  expect({ method, ...headers }).toEqual({ 'method': 'GET', 'accept': 'application/json', 'accept-encoding': 'identity', 'host': expect.any(String), 'connection': 'close' });
});

describe('a form', () => {
  const post = (path: string) => httpsForm({ ca: certificate.cert, timeoutMilliseconds: 1000 })(`${server.origin}${path}`, { token: 'CANARY', hint: 'a b&c' }, 'Basic CANARY');

  test('is posted as such, and answered with the document', async () => {
    expect(await post('/good')).toEqual({ keys: [] });
    const { headers, method } = server.requests[server.requests.length - 1];
    expect({ method, ...headers }).toMatchObject({ 'method': 'POST', 'content-type': 'application/x-www-form-urlencoded', 'authorization': 'Basic CANARY', 'content-length': '25' });
  });

  test('that is not answered as it should be is not quoted', async () => {
    const error = await post('/error').catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ message: `POST ${server.origin}/error: answered 500`, cause: new UnexpectedStatus(500) });
    await expect(post('/redirect')).rejects.toThrow(`POST ${server.origin}/redirect: answered 302`);
    await expect(post('/text')).rejects.toThrow(`POST ${server.origin}/text: answered no JSON`);
  });
});
