import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Answer, RunningBundle, SeenRequest } from './bundle';
import { Cloud } from '../runtime/webhooks/outbound/cloud';

/** Lets a cloud of tests answer over HTTP, as AWS does. */
export function overHttp(cloud: Cloud): (request: Pick<SeenRequest, 'headers' | 'body'>) => Answer {
  return ({ headers, body }) => {
    const [, operation] = String(headers['x-amz-target']).split('.');
    const type = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      return { status: 200, headers: type, body: JSON.stringify(cloud.call(operation, JSON.parse(body) as never)) };
    } catch (error) {
      return { status: 400, headers: type, body: JSON.stringify({ __type: (error as Error).name, message: (error as Error).message }) };
    }
  };
}

/** The same for clients in this process. */
export class CloudServer {
  public static async start(cloud: Cloud): Promise<CloudServer> {
    const answer = overHttp(cloud);
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const { status, headers, body } = answer({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
        outgoing.writeHead(status, headers).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CloudServer(server);
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

/** Hands messages to a bundle of the sender, as SQS does. */
export function deliver(bundle: RunningBundle, ...bodies: readonly string[]): Promise<unknown> {
  return bundle.invoke({ Records: bodies.map((body, index) => ({ messageId: `sqs-${index}`, body })) });
}
