import { Answer, SeenRequest } from './bundle';

export const ACCOUNT = '123456789012';
export const DISK_KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

/** The settings of an account as EC2, S3 and Inspector tell them, each in the protocol of its API Reference, and CloudFormation, which waits for an answer. */
export class AccountCloud {
  public isEncrypted = false;
  public diskKey = 'alias/aws/ebs';
  public blocked: readonly boolean[] | undefined;
  public scans: Record<string, string> = { lambda: 'DISABLED', lambdaCode: 'DISABLED' };
  /** Operations that are refused, with the name of the error. */
  public readonly refused = new Map<string, string>();
  /** Operations that changed something, in their order. */
  public readonly writes: string[] = [];
  /** What CloudFormation was told. */
  public readonly answers: Array<{ readonly Status: string; readonly Reason?: string; readonly PhysicalResourceId: string }> = [];

  public readonly answer = (request: SeenRequest): Answer => {
    const { method, url, body } = request;
    if (url.includes('publicAccessBlock')) return this.s3(method, body);
    if (url === '/status/batch/get') return this.inspector('BatchGetAccountStatus', () => this.status());
    if (url === '/enable') return this.inspector('Enable', () => this.enable(JSON.parse(body) as { readonly resourceTypes: readonly string[] }));
    if (method === 'PUT') {
      this.answers.push(JSON.parse(body) as AccountCloud['answers'][number]);
      return { status: 200 };
    }
    return this.ec2(new URLSearchParams(body));
  };

  private ec2(form: URLSearchParams): Answer {
    const operation = form.get('Action') ?? '';
    const error = this.refused.get(operation);
    if (error !== undefined) return xml(403, `<Response><Errors><Error><Code>${error}</Code><Message>CANARY</Message></Error></Errors></Response>`);
    if (operation === 'EnableEbsEncryptionByDefault') this.isEncrypted = true;
    if (operation === 'ModifyEbsDefaultKmsKeyId') this.diskKey = form.get('KmsKeyId') ?? '';
    if (!operation.startsWith('Get')) this.writes.push(operation);
    return xml(200, `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><ebsEncryptionByDefault>${this.isEncrypted}</ebsEncryptionByDefault>
      <kmsKeyId>${this.diskKey}</kmsKeyId></${operation}Response>`);
  }

  private s3(method: string, body: string): Answer {
    const operation = `${method === 'PUT' ? 'Put' : 'Get'}PublicAccessBlock`;
    const error = this.refused.get(operation);
    if (error !== undefined) return xml(403, s3Error(error));
    if (method === 'PUT') {
      this.blocked = BLOCKS.map((block) => body.includes(`<${block}>true</${block}>`));
      this.writes.push(operation);
      return { status: 200 };
    }
    if (!this.blocked) return xml(404, s3Error('NoSuchPublicAccessBlockConfiguration'));
    const { blocked } = this;
    const blocks = BLOCKS.map((block, index) => `<${block}>${blocked[index]}</${block}>`).join('');
    return xml(200, `<PublicAccessBlockConfiguration>${blocks}</PublicAccessBlockConfiguration>`);
  }

  private inspector(operation: string, answer: () => object): Answer {
    const error = this.refused.get(operation);
    const headers = { 'content-type': 'application/json' };
    if (error !== undefined) return { status: 403, headers: { ...headers, 'x-amzn-errortype': error }, body: '{"message":"CANARY"}' };
    return { status: 200, headers, body: JSON.stringify(answer()) };
  }

  private status(): object {
    const resourceState = Object.fromEntries(Object.entries(this.scans).map(([name, status]) => [name, { status }]));
    return { accounts: [{ accountId: ACCOUNT, state: { status: 'ENABLED' }, resourceState }] };
  }

  private enable({ resourceTypes }: { readonly resourceTypes: readonly string[] }): object {
    for (const type of resourceTypes) {
      this.scans[type === 'LAMBDA' ? 'lambda' : 'lambdaCode'] = 'ENABLING';
      this.writes.push(`Enable ${type}`);
    }
    return { accounts: [], failedAccounts: [] };
  }
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

function xml(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function s3Error(code: string): string {
  return `<ErrorResponse><Error><Code>${code}</Code><Message>CANARY</Message></Error></ErrorResponse>`;
}
