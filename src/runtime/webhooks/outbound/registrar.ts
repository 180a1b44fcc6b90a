import type { AddressPolicy } from './address-policy';
import { EndpointHeaders, tryEndpointHeaders } from './endpoint-headers';
import type { EndpointRegister } from './endpoint-register';
import { EndpointContent, EndpointRequest, readEndpointRequest } from './endpoint-request';
import { readEndpointUrl, UrlPolicy, UrlRefusal } from './endpoint-url';

/** Why nothing was done. */
export type RegistrarRefusal = UrlRefusal | 'header-not-allowed' | 'endpoint-exists' | 'unknown-endpoint';

/** What came of a request. */
export type RegistrarResult =
  | { readonly outcome: 'registered' | 'changed' | 'disabled' | 'enabled' }
  | { readonly outcome: 'refused'; readonly reason: RegistrarRefusal };

export interface RegistrarPorts {
  readonly endpoints: Pick<EndpointRegister, 'add' | 'change' | 'disable' | 'enable'>;
  /** Every address of a name, as text. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly isAllowed: AddressPolicy;
  readonly urls: UrlPolicy;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** What a customer wrote, once it was judged. */
interface Judged { readonly url?: string; readonly keySecretArn?: string; readonly headers?: EndpointHeaders }

/**
 * Builds the function by which applications register the endpoints of their customers, change, disable and enable them.
 *
 * What a customer wrote is judged as at each attempt, and refused with a reason from a closed list, which may be shown to the customer. A name
 * that leads nowhere or to us is refused like one that is reserved, so that answers tell nothing of names of ours; it may lead elsewhere
 * later, and is judged again in each connection. Every request may be repeated. A request that is malformed is the application's fault and throws.
 */
export function registrar(ports: RegistrarPorts): (request: EndpointRequest) => Promise<RegistrarResult> {
  return async (request) => {
    const asked = readEndpointRequest(request);
    const result = await act(asked, ports);
    ports.log({ ...result, endpoint: asked.endpoint });
    return result;
  };
}

async function act(asked: EndpointRequest, { endpoints, ...ports }: RegistrarPorts): Promise<RegistrarResult> {
  if (asked.action === 'disable') return await endpoints.disable(asked) ? { outcome: 'disabled' } : refused('unknown-endpoint');
  if (asked.action === 'enable') return await endpoints.enable(asked) ? { outcome: 'enabled' } : refused('unknown-endpoint');
  const judged = await judge(asked, ports);
  if (typeof judged === 'string') return refused(judged);
  if (asked.action === 'change') return await endpoints.change(asked, judged) ? { outcome: 'changed' } : refused('unknown-endpoint');
  const { url, keySecretArn } = asked;
  return await endpoints.add(asked, { url, keySecretArn, headers: judged.headers ?? {} }) ? { outcome: 'registered' } : refused('endpoint-exists');
}

function refused(reason: RegistrarRefusal): RegistrarResult {
  return { outcome: 'refused', reason };
}

/** Judges headers before the URL: that asks nobody. */
async function judge({ url, keySecretArn, headers: given }: Partial<EndpointContent>, ports: Omit<RegistrarPorts, 'endpoints'>): Promise<Judged | RegistrarRefusal> {
  const headers = given && tryEndpointHeaders(given);
  if (given && !headers) return 'header-not-allowed';
  if (url !== undefined) {
    const read = readEndpointUrl(url, ports.urls);
    if (typeof read === 'string') return read;
    if (!await leadsOutside(read.host, ports)) return 'host-not-public';
  }
  return { url, keySecretArn, headers };
}

/** As in a connection, one bad address among several refuses them all. */
async function leadsOutside(host: string, { resolve, isAllowed }: Pick<RegistrarPorts, 'resolve' | 'isAllowed'>): Promise<boolean> {
  try {
    const addresses = await resolve(host);
    return addresses.length > 0 && addresses.every(isAllowed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') return false;
    throw new Error('the name of the endpoint could not be resolved; ask again', { cause: error });
  }
}
