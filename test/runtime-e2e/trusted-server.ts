import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpsServer, loopbackCertificate } from '../runtime/https-server';

/** An HTTPS server that a bundle trusts, since `variables` name its authority. */
export class TrustedServer {
  public static async start(answer: (url: string, response: ServerResponse, request: IncomingMessage) => void): Promise<TrustedServer> {
    const folder = mkdtempSync(join(tmpdir(), 'trusted-'));
    const certificate = await loopbackCertificate();
    writeFileSync(join(folder, 'ca.pem'), certificate.cert);
    return new TrustedServer(await HttpsServer.start(certificate, answer), folder);
  }

  private constructor(private readonly server: HttpsServer, private readonly folder: string) {}

  public get origin(): string {
    return this.server.origin;
  }

  /** Variables of a function that trusts the server. */
  public get variables(): Record<string, string> {
    return { NODE_EXTRA_CA_CERTS: join(this.folder, 'ca.pem') };
  }

  public async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true });
  }
}
