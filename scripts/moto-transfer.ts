import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/**
 * Stands before moto, which has no `ListUsers` of AWS Transfer Family, and answers that from what the caller knows; everything else goes to moto as
 * it is, but for the name of one error, which AWS calls otherwise (API Reference, "DescribeUser").
 */
export async function withUsers(moto: string, users: () => readonly string[], run: (endpoint: string) => Promise<void>): Promise<void> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (incoming.headers['x-amz-target'] === 'TransferService.ListUsers') {
        outgoing.end(JSON.stringify({ Users: users().map((UserName) => ({ UserName, Arn: `arn:aws:transfer:eu-west-1:123456789012:user/${UserName}` })) }));
        return;
      }
      const { host: _, connection: __, 'content-length': ___, ...headers } = incoming.headers;
      const sent = { method: incoming.method, headers: headers as Record<string, string>, body: Buffer.concat(chunks) };
      fetch(`${moto}${incoming.url}`, sent).then(async (response) => {
        const body = (await response.text()).replace(/"(?:User|PublicKey)NotFound"/, '"ResourceNotFoundException"');
        outgoing.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? '' }).end(body);
      }, () => outgoing.writeHead(502).end());
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
