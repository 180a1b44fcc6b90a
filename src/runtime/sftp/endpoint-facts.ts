import { DescribeNetworkInterfacesCommand, DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribedServer, DescribeServerCommand, TransferClient } from '@aws-sdk/client-transfer';
import { CustomResource, Properties, ResourceFailure } from '../shared/custom-resource';

export interface EndpointFactsPorts {
  readonly transfer: Pick<TransferClient, 'send'>;
  readonly ec2: Pick<EC2Client, 'send'>;
  /** Waits for some seconds between two looks. */
  pause(): Promise<void>;
}

/** How often to look for what comes later; CloudFormation is answered before the time of the function is over in any case. */
const LOOKS = 100;

const SERVER_ID = /^s-[0-9a-f]{17}$/;

/**
 * What CloudFormation does not tell of a server in a VPC, as a resource, `Custom::SftpEndpoint`: its endpoint, and the addresses of that.
 *
 * `EndpointId`, `DnsName`, `HostedZoneId`, and `PrivateIp0`, `PrivateIp1`, … in the order of `SubnetIds`, or in that of the server without it. Only
 * reads, so it may be repeated.
 */
export function endpointFacts(ports: EndpointFactsPorts): CustomResource {
  const { transfer, ec2, pause } = ports;
  return {
    idOf: (properties) => `${serverIdIn(properties)}/endpoint`,
    async put({ properties }) {
      const server = await eventually(() => trySettled(serverIdIn(properties)), 'the server has no endpoint yet; deploy again');
      const subnets = subnetsIn(properties) ?? server.EndpointDetails?.SubnetIds ?? [];
      return eventually(() => tryFacts(server.EndpointDetails?.VpcEndpointId ?? '', subnets), 'the endpoint has no addresses yet; deploy again');
    },
    remove: async () => undefined,
  };

  /** A server that is neither starting nor stopping. One that gets elastic addresses is stopped for them, and has its endpoint by then. */
  async function trySettled(serverId: string): Promise<DescribedServer | undefined> {
    const { Server } = await transfer.send(new DescribeServerCommand({ ServerId: serverId }));
    const { State: state = '', EndpointType: type, EndpointDetails: details } = Server ?? {};
    if (state.endsWith('_FAILED')) throw new ResourceFailure(`the server is in the state ${state}`);
    if (type !== undefined && type !== 'VPC') throw new ResourceFailure('the server has no endpoint in a VPC');
    return (state === 'ONLINE' || state === 'OFFLINE') && details?.VpcEndpointId ? Server : undefined;
  }

  async function tryFacts(endpointId: string, subnets: readonly string[]): Promise<Readonly<Record<string, string>> | undefined> {
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [endpointId] }));
    const { NetworkInterfaceIds = [], DnsEntries = [] } = VpcEndpoints?.[0] ?? {};
    const [{ DnsName = '', HostedZoneId = '' } = {}] = DnsEntries;
    if (NetworkInterfaceIds.length === 0 || DnsName === '') return undefined;
    const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }));
    const addresses = subnets.map((subnet) => NetworkInterfaces.find(({ SubnetId }) => SubnetId === subnet)?.PrivateIpAddress);
    if (addresses.length === 0 || addresses.includes(undefined)) return undefined;
    return { EndpointId: endpointId, DnsName, HostedZoneId, ...Object.fromEntries(addresses.map((address, index) => [`PrivateIp${index}`, address!])) };
  }

  async function eventually<T>(look: () => Promise<T | undefined>, failure: string): Promise<T> {
    for (let looks = 0; looks < LOOKS; looks++) {
      if (looks > 0) await pause();
      const found = await look();
      if (found !== undefined) return found;
    }
    throw new ResourceFailure(failure);
  }
}

function serverIdIn({ ServerId: serverId }: Properties): string {
  if (typeof serverId !== 'string' || !SERVER_ID.test(serverId)) throw new ResourceFailure('ServerId must be the id of a server of AWS Transfer Family');
  return serverId;
}

function subnetsIn({ SubnetIds: subnets }: Properties): readonly string[] | undefined {
  if (subnets === undefined) return undefined;
  if (!Array.isArray(subnets) || !subnets.every((subnet) => typeof subnet === 'string')) throw new ResourceFailure('SubnetIds must be ids of subnets');
  return subnets;
}
