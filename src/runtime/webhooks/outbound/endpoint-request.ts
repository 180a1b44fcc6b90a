import { ENDPOINT_ID, TENANT } from './message-attempt';

/** Which endpoint is meant. Of another tenant there is none of that id. */
interface EndpointOfTenant { readonly endpoint: string; readonly tenant: string }

/** Where webhooks go, how they are signed, and what goes with them. */
export interface EndpointContent {
  readonly url: string;
  /** The complete ARN of a secret that the sender may read, never what is in it. */
  readonly keySecretArn: string;
  /** None by default. */
  readonly headers?: Readonly<Record<string, unknown>>;
}

export type RegisterRequest = EndpointOfTenant & EndpointContent & { readonly action: 'register' };

/** What is not given stays as it is; headers that are given take the place of all. */
export type ChangeRequest = EndpointOfTenant & Partial<EndpointContent> & { readonly action: 'change' };

export type DisableRequest = EndpointOfTenant & { readonly action: 'disable' };

export type EnableRequest = EndpointOfTenant & { readonly action: 'enable' };

/** What an application asks of the registrar. */
export type EndpointRequest = RegisterRequest | ChangeRequest | DisableRequest | EnableRequest;

/** An ARN with the six characters at its end, by which a secret of the same name that comes later is another one. */
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/;

const MEMBERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  endpoint: (value) => isText(value, ENDPOINT_ID),
  tenant: (value) => isText(value, TENANT),
  url: (value) => typeof value === 'string',
  keySecretArn: (value) => isText(value, SECRET_ARN),
  headers: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** What a request of an action has: what it must, what it may, and how much at least. */
interface Shape { readonly required: readonly string[]; readonly optional: readonly string[]; readonly least: number }

const ACTIONS: ReadonlyMap<unknown, Shape> = new Map<unknown, Shape>([
  ['register', { required: ['endpoint', 'tenant', 'url', 'keySecretArn'], optional: ['headers'], least: 4 }],
  ['change', { required: ['endpoint', 'tenant'], optional: ['url', 'keySecretArn', 'headers'], least: 3 }],
  ['disable', { required: ['endpoint', 'tenant'], optional: [], least: 2 }],
  ['enable', { required: ['endpoint', 'tenant'], optional: [], least: 2 }],
]);

/** Reads a request; throws, quoting nothing of it. What a customer wrote, URL and headers, may be anything: that is judged, not read. */
export function readEndpointRequest(request: unknown): EndpointRequest {
  const { action, ...members } = Object(request) as Readonly<Record<string, unknown>>;
  const { required, optional, least } = ACTIONS.get(action) ?? malformed("'action' must be 'register', 'change', 'disable' or 'enable'");
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  if (required.some((name) => !names.includes(name)) || names.some((name) => ![...required, ...optional].includes(name)) || names.length < least) {
    malformed(`'${String(action)}' takes ${[...required, ...optional].join(', ')}`);
  }
  for (const name of names) if (!MEMBERS[name](members[name])) malformed(`'${name}' is not what it must be`);
  return { action, ...Object.fromEntries(names.map((name) => [name, members[name]])) } as unknown as EndpointRequest;
}

function malformed(because: string): never {
  throw new Error(`the request is malformed: ${because}`);
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
