import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** A certificate for loopback, which is its own authority, and its private key, both in PEM. */
export interface Certificate { readonly cert: string; readonly private: string }

/** Makes a certificate for `localhost`. */
export async function loopbackCertificate(): Promise<Certificate> {
  const extensions = [
    { name: 'basicConstraints' as const, cA: true },
    { name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: 'localhost' }] },
  ];
  return generate([{ name: 'commonName', value: 'localhost' }], { algorithm: 'sha256', keyType: 'ec', extensions });
}

/** A real HTTPS server on loopback. */
export class HttpsServer {
  public static async start(
    certificate: Certificate, answer: (url: string, response: ServerResponse, request: IncomingMessage) => void,
  ): Promise<HttpsServer> {
    const requests: IncomingMessage[] = [];
    const server = createServer({ cert: certificate.cert, key: certificate.private }, (request, response) => {
      requests.push(request);
      answer(request.url!, response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new HttpsServer(server, requests);
  }

  private constructor(private readonly server: Server, public readonly requests: readonly IncomingMessage[]) {}

  public get origin(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  public get urls(): string[] {
    return this.requests.map(({ url }) => url!);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
