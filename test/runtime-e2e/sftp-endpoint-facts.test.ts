import { join } from 'node:path';
import { Answer, RunningBundle, SeenRequest } from './bundle';

const SERVER_ID = 's-0123456789abcdef0';
const ENDPOINT_ID = 'vpce-0123456789abcdef0';
const FILE = join(__dirname, '../../assets/sftp/endpoint-facts/index.js');
const OPTIONS = { NODE_OPTIONS: `--require ${join(__dirname, 'sftp-preload.cjs')}` };
const RESPONSE_URL = 'https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/answer?X-Amz-Signature=CANARY';

let bundle: RunningBundle;
let answers: Array<{ readonly Status: string; readonly Reason?: string; readonly PhysicalResourceId: string; readonly Data?: object }> = [];

/** AWS Transfer Family in JSON, Amazon EC2 in XML (each's API Reference), and CloudFormation, which waits for an answer. */
function cloud(server: object): (request: SeenRequest) => Answer {
  answers = [];
  return ({ method, headers, body }) => {
    if (method === 'PUT') {
      answers.push(JSON.parse(body) as typeof answers[number]);
      return { status: 200 };
    }
    if (headers['x-amz-target'] === 'TransferService.DescribeServer') return { status: 200, body: JSON.stringify({ Server: server }) };
    const action = new URLSearchParams(body).get('Action');
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: XML[String(action)] };
  };
}

const XML: Readonly<Record<string, string>> = {
  DescribeVpcEndpoints: `<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcEndpointSet><item>
    <vpcEndpointId>${ENDPOINT_ID}</vpcEndpointId><networkInterfaceIdSet><item>eni-1</item><item>eni-2</item></networkInterfaceIdSet>
    <dnsEntrySet><item><dnsName>vpce-0.server.transfer.example</dnsName><hostedZoneId>Z1</hostedZoneId></item></dnsEntrySet>
    </item></vpcEndpointSet></DescribeVpcEndpointsResponse>`,
  DescribeNetworkInterfaces: `<DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><networkInterfaceSet>
    <item><subnetId>subnet-a</subnetId><privateIpAddress>10.0.0.4</privateIpAddress></item>
    <item><subnetId>subnet-b</subnetId><privateIpAddress>10.0.1.4</privateIpAddress></item>
    </networkInterfaceSet></DescribeNetworkInterfacesResponse>`,
};

async function deploy(server: object, ResourceProperties: object): Promise<typeof answers[number] | undefined> {
  bundle = await RunningBundle.start(FILE, OPTIONS, cloud(server));
  await bundle.invoke({ RequestType: 'Create', ResponseURL: RESPONSE_URL, StackId: 'stack', RequestId: 'r', LogicalResourceId: 'Endpoint', ResourceProperties });
  return answers[0];
}

afterEach(() => bundle.stop());

test('tells CloudFormation the endpoint of a server, and its addresses in the order of the subnets', async () => {
  const server = { State: 'ONLINE', EndpointType: 'VPC', EndpointDetails: { VpcEndpointId: ENDPOINT_ID, SubnetIds: ['subnet-a', 'subnet-b'] } };
  expect(await deploy(server, { ServerId: SERVER_ID, SubnetIds: ['subnet-b', 'subnet-a'] })).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: `${SERVER_ID}/endpoint`,
    Data: { EndpointId: ENDPOINT_ID, DnsName: 'vpce-0.server.transfer.example', HostedZoneId: 'Z1', PrivateIp0: '10.0.1.4', PrivateIp1: '10.0.0.4' },
  });
  expect(bundle.log.join()).not.toContain('CANARY');
});

test('tells CloudFormation why it cannot', async () => {
  expect(await deploy({ State: 'START_FAILED' }, { ServerId: SERVER_ID })).toMatchObject({ Status: 'FAILED', Reason: 'the server is in the state START_FAILED' });
});

test('takes no other event', async () => {
  bundle = await RunningBundle.start(FILE, OPTIONS, cloud({}));
  await expect(bundle.invoke({ task: 'watch' })).rejects.toThrow('the event is not one of a custom resource');
  expect(bundle.seen).toEqual([]);
});
