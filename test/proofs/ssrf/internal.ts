import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { createServer, Server, ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { loopbackCertificate } from '../../runtime/https-server';

/** A real HTTPS server on loopback that nobody may reach, and a witness of every address that this process tries to connect to. */
export class Internal {
  /** @param location where the server redirects to */
  public static async start(location?: string): Promise<Internal> {
    const certificate = await loopbackCertificate();
    const options: ServerOptions = { cert: certificate.cert, key: certificate.private };
    const server = createServer(options, (_request, response) => {
      const status = location === undefined ? 200 : 307;
      response.writeHead(status, location === undefined ? {} : { location, 'refresh': `0; url=${location}`, 'content-location': location }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const internal = new Internal(server, certificate.cert);
    server.on('connection', () => { internal.connections++; });
    subscribe('http.client.request.start', internal.witness);
    return internal;
  }

  /** Connections that came, finished handshake or not. */
  public connections = 0;

  /** Addresses that were tried since this was read. */
  private tried: string[] = [];

  private constructor(private readonly server: Server, public readonly ca: string) {}

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Addresses that were tried since the last call. */
  public takeTried(): readonly string[] {
    return this.tried.splice(0);
  }

  public async stop(): Promise<void> {
    unsubscribe('http.client.request.start', this.witness);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Node.js tells of each address that a socket is about to connect to, whoever chose it. */
  private readonly witness = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    request.socket?.on('connectionAttempt', (address: string) => this.tried.push(address));
  };
}
