import { createServer, IncomingHttpHeaders, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { DigestCloud } from '../test/runtime/audit/digest-cloud';
import { QUESTIONS } from '../test/runtime/audit/digest-world';
import { Answer, SeenRequest } from '../test/runtime-e2e/bundle';
import { reviewCloud } from '../test/runtime-e2e/review-cloud';

/** Where CloudFormation waits for answers. */
const ANSWERED = '/answer';

/** Calls that change settings of an account. */
const SETTINGS = /^(?:PUT \/v20180820\/|POST \/enable$|(?:ModifyEbsDefaultKmsKeyId|EnableEbsEncryptionByDefault)$)/;

const CLOUDS_OWN = /^(?:Logs_20140328\.(?:StartQuery|GetQueryResults|StopQuery)|AmazonSSM\.\w+OpsItems?)$/;

/** Headers of one connection, which say nothing on another. */
const OF_A_CONNECTION = ['host', 'connection', 'expect', 'content-length', 'transfer-encoding', 'keep-alive', 'date'];

/**
 * Stands before moto, and answers what moto does not know: queries of CloudWatch Logs Insights and OpsItems, for which there is the cloud of the
 * tests; who wrote a parameter; and which key disks get by default. Everything else goes to moto as it is.
 */
export class AuditFront {
  public static async start(moto: string): Promise<AuditFront> {
    const front = new AuditFront(moto);
    await new Promise<void>((done) => front.server.listen(0, '127.0.0.1', done));
    return front;
  }

  /** The log of the trail, and OpsCenter. Its time is everybody's. */
  public cloud = new DigestCloud(Date.now(), QUESTIONS);
  /** ARNs of who wrote the versions of the parameter, from the first on. */
  public writers: readonly string[] = [];
  /** Calls that changed settings of the account, in their order. */
  public readonly changes: string[] = [];
  /** What CloudFormation was told. */
  public readonly answers: unknown[] = [];
  public diskKey = 'alias/aws/ebs';
  private readonly server: Server;

  private constructor(private readonly moto: string) {
    this.server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        this.answer({ method, url, headers, body: Buffer.concat(chunks).toString() }).then(({ status, headers: answered, body }) => {
          // Another date than the function's own, and a client would take its clock for wrong, and try again.
          outgoing.writeHead(status, { ...answered, date: new Date(this.cloud.now).toUTCString() }).end(body);
        }, () => incoming.socket.destroy());
      });
    });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(asked: SeenRequest): Promise<Answer> {
    const { method, url, headers, body } = asked;
    const target = String(headers['x-amz-target'] ?? '');
    const action = method === 'POST' ? new URLSearchParams(body).get('Action') ?? '' : '';
    if (CLOUDS_OWN.test(target)) return reviewCloud(this.cloud)(asked);
    if (url === ANSWERED) {
      this.answers.push(JSON.parse(body));
      return { status: 200 };
    }
    if (action === 'GetEbsDefaultKmsKeyId') return ofEc2(action, `<kmsKeyId>${this.diskKey}</kmsKeyId>`);
    const answered = await this.forward(asked);
    if (answered.status >= 300) return answered;
    const change = [action, `${method} ${url}`].find((name) => SETTINGS.test(name));
    if (change !== undefined) this.changes.push(change);
    if (action === 'ModifyEbsDefaultKmsKeyId') this.diskKey = new URLSearchParams(body).get('KmsKeyId') ?? '';
    return target === 'AmazonSSM.GetParameterHistory' ? { ...answered, body: this.withWriters(answered.body!) } : answered;
  }

  /** Moto says of each version that nobody in particular wrote it. */
  private withWriters(body: string): string {
    const { Parameters, ...rest } = JSON.parse(body) as { readonly Parameters: ReadonlyArray<{ readonly Version: number }> };
    return JSON.stringify({ ...rest, Parameters: Parameters.map((each) => ({ ...each, LastModifiedUser: this.writers[each.Version - 1] })) });
  }

  private forward({ method, url, headers, body }: SeenRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = { ...lasting(headers), 'content-length': String(Buffer.byteLength(body)) };
      const onward = request(`${this.moto}${url}`, { method, headers: sent }, (answered) => {
        const chunks: Buffer[] = [];
        answered.on('data', (chunk: Buffer) => chunks.push(chunk));
        answered.on('end', () => {
          resolve({ status: answered.statusCode!, headers: lasting(answered.headers), body: Buffer.concat(chunks).toString() });
        });
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }
}

function lasting(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !OF_A_CONNECTION.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function ofEc2(action: string, content: string): Answer {
  const body = `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}
