import { createHash } from 'node:crypto';
import type { Handler, Variables } from './handlers';
import { tryPublicKeyOf } from '../../../src/runtime/secrets/ssh-key';
import { ServiceError } from '../../runtime/secrets/harness/service';
import { FakeHostKeys } from '../../runtime/sftp/fake-host-keys';
import { Answer, RunningBundle, SeenRequest } from '../../runtime-e2e/bundle';

const DAY = 24 * 60 * 60 * 1000;

const ENDPOINT_ID = 'vpce-0123456789abcdef0';

/** How the functions of an SFTP server are exercised, by path of the server; the second is there where somebody asks for what it looks up. */
export function sftpServerHandlers(path: string, { asksForEndpoint = false } = {}): Record<string, Handler> {
  return {
    [`${path}/HostKeys/Function`]: hostKeys(),
    ...asksForEndpoint && { [`${path}/Endpoint/Function`]: ENDPOINT },
  };
}

/** A server with a key of its own making, old enough to be known: the others are made, that one gets a successor, which is taken back. */
function hostKeys(): Handler {
  const worlds = new Map<string, HostKeyCloud>();
  const worldOf = ({ SERVER_ID }: Variables) => worlds.get(SERVER_ID)!;
  return {
    cloud(variables) {
      const world = new HostKeyCloud();
      worlds.set(variables.SERVER_ID, world);
      return (request) => world.answer(request);
    },
    async exercise(bundle, _, variables) {
      await bundle.invoke({ task: 'watch' });
      await bundle.invoke({ task: 'rotate' });
      const fingerprint = worldOf(variables).announced('ssh-rsa');
      await bundle.invoke({ task: 'cancel', fingerprint });
    },
  };
}

/** AWS Transfer Family with one server, AWS Systems Manager with one parameter, and a bus. */
class HostKeyCloud {
  private parameter = '{"active":[],"next":[]}';
  private readonly keys = new FakeHostKeys(readHostKey, () => Date.now());

  constructor() {
    this.keys.add('ssh-rsa', `SHA256:${createHash('sha256').update('made by the service').digest('base64').slice(0, 43)}`, Date.now() - 400 * DAY);
  }

  /** The fingerprint of the key of a type that partners were told of last. */
  public announced(type: string): string {
    const { next } = JSON.parse(this.parameter) as { readonly next: ReadonlyArray<{ readonly type: string; readonly fingerprint: string }> };
    return next.find((key) => key.type === type)!.fingerprint;
  }

  public answer({ headers, body }: SeenRequest): Answer {
    const operation = String(headers['x-amz-target']).split('.')[1];
    try {
      return json(200, this.perform(operation, JSON.parse(body) as Record<string, unknown>));
    } catch (error) {
      return json(400, { __type: error instanceof ServiceError ? error.name : 'InternalFailure' });
    }
  }

  private perform(operation: string, input: Record<string, unknown>): unknown {
    switch (operation) {
      case 'DescribeServer': return { Server: { Arn: 'arn', SecurityPolicyName: 'TransferSecurityPolicy-2025-03' } };
      case 'GetParameter': return { Parameter: { Value: this.parameter } };
      case 'PutParameter':
        this.parameter = String(input.Value);
        return { Version: 1 };
      case 'PutEvents': return { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
      // AWS JSON 1.1 has dates in seconds.
      default: return inSeconds(this.keys.call(operation, input));
    }
  }
}

/** A server that is there, and its endpoint. CloudFormation itself is out of reach, so that the answer does not arrive. */
const ENDPOINT: Handler = {
  cloud: () => ({ headers, body }) => {
    if (String(headers['x-amz-target']).endsWith('.DescribeServer')) {
      return json(200, { Server: { Arn: 'arn', State: 'ONLINE', EndpointType: 'VPC', EndpointDetails: { VpcEndpointId: ENDPOINT_ID, SubnetIds: ['subnet-1'] } } });
    }
    return new URLSearchParams(body).get('Action') === 'DescribeVpcEndpoints' ? xml('DescribeVpcEndpointsResponse', `<vpcEndpointSet><item>
        <networkInterfaceIdSet><item>eni-1</item></networkInterfaceIdSet>
        <dnsEntrySet><item><dnsName>vpce.example.com</dnsName><hostedZoneId>Z1</hostedZoneId></item></dnsEntrySet>
      </item></vpcEndpointSet>`)
      : xml('DescribeNetworkInterfacesResponse', `<networkInterfaceSet><item>
        <networkInterfaceId>eni-1</networkInterfaceId><subnetId>subnet-1</subnetId><privateIpAddress>10.0.0.4</privateIpAddress>
      </item></networkInterfaceSet>`);
  },
  async exercise(bundle: RunningBundle, environment) {
    const [server] = environment.ofType('AWS::Transfer::Server');
    const asked = bundle.invoke({
      RequestType: 'Create',
      ResponseURL: 'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/answer',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Endpoint',
      ResourceProperties: { ServerId: environment.namesOf(server).name, SubnetIds: ['subnet-1'] },
    });
    const outcome = await asked.then(() => 'the answer arrived', ({ message }: Error) => message);
    if (!/did not take the answer/.test(outcome)) throw new Error(`the endpoint was not looked up: ${outcome}`);
  },
};

/** Type and fingerprint of a private key: of PEM, or in OpenSSH's own format (OpenSSH, PROTOCOL.key: a header, three strings, how many keys, a key). */
function readHostKey(body: string): { readonly type: string; readonly fingerprint: string } {
  const pem = tryPublicKeyOf(body);
  if (pem) return { type: pem.line.split(' ')[0], fingerprint: pem.fingerprint };
  const bytes = Buffer.from(body.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  let offset = 'openssh-key-v1\0'.length;
  const next = (): Buffer => {
    const length = bytes.readUInt32BE(offset);
    offset += 4 + length;
    return bytes.subarray(offset - length, offset);
  };
  for (let strings = 0; strings < 3; strings++) next();
  offset += 4;
  const blob = next();
  return { type: 'ssh-ed25519', fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}` };
}

function inSeconds(output: unknown): unknown {
  return JSON.parse(JSON.stringify(output), (name, value: unknown) => (name === 'DateImported' ? Math.floor(Number(value) / 1000) : value));
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

function xml(name: string, content: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: `<${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${name}>` };
}
