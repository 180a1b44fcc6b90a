import { endpointFacts } from '../../../src/runtime/sftp/endpoint-facts';
import { Call, clientOf } from '../secrets/harness/service';

const SERVER_ID = 's-0123456789abcdef0';
const ENDPOINT_ID = 'vpce-0123456789abcdef0';

const ONLINE = { State: 'ONLINE', EndpointType: 'VPC', EndpointDetails: { VpcEndpointId: ENDPOINT_ID, SubnetIds: ['subnet-b', 'subnet-a'] } };
const READY = { NetworkInterfaceIds: ['eni-1', 'eni-2'], DnsEntries: [{ DnsName: 'vpce-0.server.transfer', HostedZoneId: 'Z1' }, { DnsName: 'zonal' }] };
const INTERFACES = [{ SubnetId: 'subnet-a', PrivateIpAddress: '10.0.0.4' }, { SubnetId: 'subnet-b', PrivateIpAddress: '10.0.1.4' }];

/** What the services answer, one after the other; the last one again and again. */
interface Answers {
  readonly servers?: readonly unknown[];
  readonly endpoints?: readonly unknown[];
  readonly interfaces?: ReadonlyArray<readonly unknown[]>;
}

function world({ servers = [ONLINE], endpoints = [READY], interfaces = [INTERFACES] }: Answers) {
  const calls: Call[] = [];
  let pauses = 0;
  const queues: Record<string, unknown[]> = {
    DescribeServer: servers.map((Server) => ({ Server })),
    DescribeVpcEndpoints: endpoints.map((endpoint) => ({ VpcEndpoints: endpoint === undefined ? undefined : [endpoint] })),
    DescribeNetworkInterfaces: interfaces.map((NetworkInterfaces) => ({ NetworkInterfaces })),
  };
  const answer = async (call: Call) => {
    calls.push(call);
    const queue = queues[call.operation];
    return queue.length > 1 ? queue.shift() : queue[0];
  };
  const facts = endpointFacts({ transfer: clientOf(answer), ec2: clientOf(answer), pause: async () => void pauses++ });
  const put = (properties: Readonly<Record<string, unknown>> = { ServerId: SERVER_ID }) => facts.put({ properties, id: 'x', owner: 'y' });
  return { calls, facts, put, pauses: () => pauses };
}

test('tells the endpoint and its addresses, in the order that the template has subnets in', async () => {
  const { put } = world({});
  expect(await put()).toEqual({ EndpointId: ENDPOINT_ID, DnsName: 'vpce-0.server.transfer', HostedZoneId: 'Z1', PrivateIp0: '10.0.1.4', PrivateIp1: '10.0.0.4' });
  expect(await put({ ServerId: SERVER_ID, SubnetIds: ['subnet-a', 'subnet-b'] })).toMatchObject({ PrivateIp0: '10.0.0.4', PrivateIp1: '10.0.1.4' });
});

test('waits for a server that starts, for its endpoint, and for the addresses of that', async () => {
  const { put, pauses } = world({
    servers: [undefined, { State: 'STARTING' }, { State: 'ONLINE' }, ONLINE],
    endpoints: [undefined, {}, { ...READY, DnsEntries: [] }, READY],
    interfaces: [[], INTERFACES.slice(1), INTERFACES],
  });
  expect(await put()).toMatchObject({ PrivateIp1: '10.0.0.4' });
  expect(pauses()).toBe(8);
});

test('takes a server that somebody has stopped: its endpoint is there', async () => {
  expect(await world({ servers: [{ ...ONLINE, State: 'OFFLINE' }] }).put()).toMatchObject({ EndpointId: ENDPOINT_ID });
});

test.each([
  ['a server that did not start', { servers: [{ State: 'START_FAILED' }] }, 'the server is in the state START_FAILED'],
  ['a server outside of a VPC', { servers: [{ State: 'ONLINE', EndpointType: 'PUBLIC' }] }, 'the server has no endpoint in a VPC'],
  ['a server that never comes', { servers: [{ State: 'STARTING' }] }, 'the server has no endpoint yet; deploy again'],
  ['an endpoint that never comes', { endpoints: [undefined] }, 'the endpoint has no addresses yet; deploy again'],
  ['no subnets', { servers: [{ ...ONLINE, EndpointDetails: { VpcEndpointId: ENDPOINT_ID } }] }, 'the endpoint has no addresses yet; deploy again'],
])('%s is told to whoever deploys', async (_name, answers, message) => {
  await expect(world(answers).put()).rejects.toMatchObject({ name: 'ResourceFailure', message });
});

test('is one resource for each server, and asks nobody where the properties are none', async () => {
  const { facts, calls, put } = world({});
  expect(facts.idOf({ ServerId: SERVER_ID }, 'stack')).toBe(`${SERVER_ID}/endpoint`);
  for (const properties of [{}, { ServerId: 's-1' }]) await expect(put(properties)).rejects.toThrow('ServerId must be');
  expect(calls).toEqual([]);
  await expect(put({ ServerId: SERVER_ID, SubnetIds: 'subnet-a' })).rejects.toThrow('SubnetIds must be ids of subnets');
  expect(await facts.remove({ properties: {}, id: 'x', owner: 'y' })).toBeUndefined();
});
