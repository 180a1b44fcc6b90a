import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A request that was made over a real connection. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the stand-in for AWS answers. */
export interface Answer { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }

/** A server on loopback where clients of AWS believe AWS to be. */
export class LoopbackAws {
  public static async start(answer: (request: SeenRequest) => Answer): Promise<LoopbackAws> {
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method, url, headers } = incoming;
        const { status, headers: answered, body } = answer({ method: method!, url: url!, headers, body: Buffer.concat(chunks).toString() });
        outgoing.writeHead(status, answered).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new LoopbackAws(server);
  }

  private constructor(private readonly server: Server) {}

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
