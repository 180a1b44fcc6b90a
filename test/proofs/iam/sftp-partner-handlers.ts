import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Environment } from './environment';
import type { Handler, Variables } from './handlers';
import { HostKeyCloud, PartnerCloud } from './sftp-clouds';
import { PartnerRecord, readPartnerRecord, writePartnerRecord } from '../../../src/formats/partner-record';
import { RunningBundle } from '../../runtime-e2e/bundle';

const DAY = 24 * 60 * 60 * 1000;

/** Has CloudFormation take answers. */
const ANSWERED = {
  prepare: async () => ({ variables: { NODE_OPTIONS: `--require ${join(__dirname, '../../runtime-e2e/answered.cjs')}` }, stop: async () => undefined }),
};

/** How the functions of a server's users and of its host keys are exercised, by path of the server. */
export function sftpPartnerHandlers(path: string, partner: string): Record<string, Handler> {
  const users = `${path}/Users`;
  const record = (environment: Environment, days: number) => recordOf(environment, `${users}/${partner}/Record/Default`, days);
  return {
    [`${users}/IdentityProvider/Function`]: inCloud(async (bundle, cloud, environment) => {
      const { serverId, text } = record(environment, 90);
      cloud.store(partner, { record: { S: text }, serverId: { S: serverId }, managedBy: { S: 'template' } });
      const login = { username: partner, protocol: 'SFTP', serverId, sourceIp: '203.0.113.1' };
      const accepted = await bundle.invoke(login);
      if (!(accepted as { readonly Role?: string }).Role) throw new Error('the identity provider let nobody in');
      await bundle.invoke({ ...login, password: 'not asked for' });
    }),
    [`${users}/Registrar/Function`]: {
      ...inCloud(async (bundle, _cloud, environment) => {
        const { serverId, text } = record(environment, 90);
        for (const RequestType of ['Create', 'Delete'] as const) await bundle.invoke(deployment(RequestType, partner, { ServerId: serverId, Record: text }));
      }),
      ...ANSWERED,
    },
    [`${users}/Operator/Function`]: inCloud(async (bundle, cloud, environment) => {
      const { serverId, text } = record(environment, 90);
      cloud.store(partner, { record: { S: text }, serverId: { S: serverId }, managedBy: { S: 'operator' }, revision: { N: '1' } });
      const { keys: [{ fingerprint }] } = JSON.parse(text) as PartnerRecord;
      await bundle.invoke({ operation: 'list' });
      for (const operation of ['get', 'suspend', 'resume']) await bundle.invoke({ operation, name: partner });
      await bundle.invoke({ operation: 'revoke-key', name: partner, fingerprint });
      await bundle.invoke({ operation: 'remove', name: partner });
    }),
    [`${users}/KeyWatch/Function`]: inCloud(async (bundle, cloud, environment) => {
      const { serverId, text } = record(environment, 5);
      cloud.store(partner, { record: { S: text }, serverId: { S: serverId }, managedBy: { S: 'template' } });
      await bundle.invoke({ task: 'watch' });
    }),
    [`${users}/KeyUsage/Function`]: inCloud(async (bundle) => {
      const message = JSON.stringify({ 'activity-type': 'CONNECTED', 'user': partner, 'ssh-public-key-fingerprint': `SHA256:${'A'.repeat(43)}` });
      const told = { messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: Date.now(), message }] };
      await bundle.invoke({ awslogs: { data: gzipSync(JSON.stringify(told)).toString('base64') } });
    }),
    [`${path}/HostKeys/Function`]: {
      ...ANSWERED,
      cloud: () => new HostKeyCloud().answer,
      async exercise(bundle, _environment, { SERVER_ID, KEY_TYPES }) {
        await bundle.invoke(deployment('Create', 'HostKeys', { ServerId: SERVER_ID, KeyTypes: KEY_TYPES }));
      },
    },
  };
}

/** What CloudFormation asks for. */
function deployment(RequestType: 'Create' | 'Delete', PhysicalResourceId: string, ResourceProperties: Readonly<Record<string, string>>): object {
  return {
    RequestType,
    ResponseURL: 'https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/answer',
    StackId: 'arn:aws:cloudformation:eu-west-1:111111111111:stack/Files/1',
    RequestId: '1',
    LogicalResourceId: 'Resource',
    ...RequestType === 'Delete' && { PhysicalResourceId },
    ResourceProperties,
  };
}

/** The record of a partner in a template, whose keys count for some days from now, so that the proof holds on every day. */
function recordOf(environment: Environment, path: string, days: number): { readonly serverId: string; readonly text: string } {
  const resource = environment.at(path, 'Custom::SftpPartner');
  const read = readPartnerRecord(resource.property('Record'));
  if (!('record' in read)) throw new Error(`the template has no record that can be read: ${JSON.stringify(read.refusals)}`);
  const expires = new Date(Date.now() + days * DAY).toISOString();
  const record = { ...read.record, keys: read.record.keys.map(({ body, fingerprint }) => ({ body, fingerprint, expires })) };
  return { serverId: resource.property('ServerId') as string, text: writePartnerRecord(record) };
}

/** A function among tables of partners. */
function inCloud(exercise: (bundle: RunningBundle, cloud: PartnerCloud, environment: Environment) => Promise<void>): Handler {
  let cloud: PartnerCloud;
  return {
    cloud(_variables: Variables) {
      cloud = new PartnerCloud();
      return cloud.answer;
    },
    exercise: (bundle, environment) => exercise(bundle, cloud, environment),
  };
}
