import type { Variables } from './handlers';
import { OpsCenter, OpsCenterError } from '../../runtime/ops-center';
import { Answer, SeenRequest } from '../../runtime-e2e/bundle';

const HOUR = 60 * 60 * 1000;
const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.1' };

/** The parameter that arms, the role of emergencies, OpsItems, and a bus: what a function that arms finds. */
export class BreakGlassCloud {
  private readonly center = new OpsCenter(() => Date.now());
  private readonly versions: object[] = [];
  private armed: string | undefined;

  constructor(private readonly variables: Variables) {}

  /** Somebody arms access for somebody else. */
  public arm(): void {
    const until = new Date(Date.now() + HOUR / 2).toISOString().replace(/\.\d+Z$/, 'Z');
    this.write(JSON.stringify({ for: 'bob', reason: 'the orders table answers nobody', ticket: 'INC-4711', until }));
  }

  public disarm(): void {
    this.write('disarmed');
  }

  /** Who armed says that it was reviewed, which does not count. */
  public resolveByArmer(): void {
    for (const { OpsItemId } of this.center.items) this.center.resolve(OpsItemId, this.armer);
  }

  public readonly answer = ({ headers, body }: SeenRequest): Answer => {
    const target = headers['x-amz-target'];
    if (typeof target !== 'string') return this.iam(new URLSearchParams(body));
    try {
      return json(200, this.perform(target.split('.')[1], JSON.parse(body) as Record<string, unknown>));
    } catch (error) {
      const { name, details } = error as OpsCenterError;
      return json(400, { __type: name, ...details });
    }
  };

  private get armer(): string {
    return `arn:aws:sts::${this.variables.ACCOUNT_ID}:assumed-role/${this.variables.ARMER_ROLE}/alice`;
  }

  private write(Value: string): void {
    const LastModifiedDate = Math.floor(Date.now() / 1000);
    this.versions.push({ Version: this.versions.length + 1, Value, LastModifiedUser: this.armer, LastModifiedDate, Labels: [] });
  }

  private perform(operation: string, input: Record<string, unknown>): object {
    switch (operation) {
      case 'GetParameterHistory': return { Parameters: this.versions };
      case 'LabelParameterVersion': return { InvalidLabels: [] };
      case 'PutEvents': return { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
      default: return this.center.call(operation, input);
    }
  }

  private iam(form: URLSearchParams): Answer {
    const operation = form.get('Action')!;
    if (operation === 'PutRolePolicy') this.armed = form.get('PolicyDocument')!;
    if (operation === 'DeleteRolePolicy') this.armed = undefined;
    const names = [...JSON.parse(this.variables.OWN_POLICIES) as string[], ...this.armed === undefined ? [] : ['BreakGlass']];
    const results: Readonly<Record<string, string>> = {
      GetRolePolicy: `<PolicyName>BreakGlass</PolicyName><PolicyDocument>${encodeURIComponent(this.armed ?? '')}</PolicyDocument>`,
      ListAttachedRolePolicies: '<AttachedPolicies/><IsTruncated>false</IsTruncated>',
      ListRolePolicies: `<PolicyNames>${names.map((name) => `<member>${name}</member>`).join('')}</PolicyNames><IsTruncated>false</IsTruncated>`,
    };
    const result = results[operation] === undefined ? '' : `<${operation}Result>${results[operation]}</${operation}Result>`;
    const xml = `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${result}</${operation}Response>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml };
  }
}

/** Dates are seconds in AWS JSON 1.1. */
function json(status: number, body: object): Answer {
  const text = JSON.stringify(body, (name, value: unknown) => (name === 'LastModifiedTime' ? Date.parse(String(value)) / 1000 : value));
  return { status, headers: AMZ_JSON, body: text };
}
