import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Environment } from './environment';
import type { Handler, Variables } from './handlers';
import { rotating } from './rotations';
import { PartnerCloud, UserCloud } from './sftp-clouds';
import { PartnerRecord, readPartnerRecord, writePartnerRecord } from '../../../src/formats/partner-record';
import { itemOf } from '../../../src/runtime/secrets/credential-row';
import { SALT_BYTES, writeVerifier } from '../../../src/runtime/secrets/password-verifier';
import { RunningBundle } from '../../runtime-e2e/bundle';

const DAY = 24 * 60 * 60 * 1000;

/** Has CloudFormation take answers. */
const ANSWERED = {
  prepare: async () => ({ variables: { NODE_OPTIONS: `--require ${join(__dirname, '../../runtime-e2e/answered.cjs')}` }, stop: async () => undefined }),
};

/** What differs from one server to another. */
export interface ExercisedUsers {
  /** Default: `keys`, an identity provider for keys alone. */
  readonly kind?: 'keys' | 'passwords' | 'managed';
  /** Whether operators may add partners. */
  readonly runtime?: boolean;
}

/** How the functions of a server's users are exercised, by path of the server, one of whose partners is named. */
export function sftpPartnerHandlers(path: string, partner: string, { kind = 'keys', runtime = false }: ExercisedUsers = {}): Record<string, Handler> {
  const users = `${path}/Users`;
  const stored = (cloud: PartnerCloud, environment: Environment, { days = 90, managedBy = 'template' } = {}) => {
    const found = recordOf(environment, `${users}/${partner}/Record/Default`, days);
    cloud.store(partner, { record: { S: found.text }, serverId: { S: found.serverId }, managedBy: { S: managedBy }, revision: { N: '1' } });
    return found;
  };
  return {
    ...kind !== 'managed' && { [`${users}/IdentityProvider/Function`]: identityProvider(partner, kind, stored) },
    ...kind === 'managed' && { [`${users}/Reconciler/Function`]: reconciler(partner, stored) },
    ...kind === 'passwords' && { [`${users}/${partner}/Password/Function`]: rotating('sftp-password') },
    [`${users}/Registrar/Function`]: {
      ...inCloud(async (bundle, _cloud, environment) => {
        const { serverId, text } = recordOf(environment, `${users}/${partner}/Record/Default`, 90);
        for (const RequestType of ['Create', 'Delete'] as const) await bundle.invoke(deployment(RequestType, partner, { ServerId: serverId, Record: text }));
      }),
      ...ANSWERED,
    },
    [`${users}/Operator/Function`]: inCloud(async (bundle, cloud, environment) => {
      const { text } = stored(cloud, environment, { managedBy: 'operator' });
      const { keys: [{ body, fingerprint, expires }] } = JSON.parse(text) as PartnerRecord;
      await bundle.invoke({ operation: 'list' });
      for (const operation of ['get', 'suspend', 'resume']) await bundle.invoke({ operation, name: partner });
      await bundle.invoke({ operation: 'revoke-key', name: partner, fingerprint });
      if (runtime) await bundle.invoke({ operation: 'put', name: 'hooli', keys: [{ key: body, expires }], networks: ['198.51.100.0/28'] });
      await bundle.invoke({ operation: 'remove', name: partner });
    }),
    [`${users}/KeyWatch/Function`]: inCloud(async (bundle, cloud, environment) => {
      stored(cloud, environment, { days: 5 });
      await bundle.invoke({ task: 'watch' });
    }),
    [`${users}/KeyUsage/Function`]: inCloud(async (bundle) => {
      const message = JSON.stringify({ 'activity-type': 'CONNECTED', 'user': partner, 'ssh-public-key-fingerprint': `SHA256:${'A'.repeat(43)}` });
      const told = { messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: Date.now(), message }] };
      await bundle.invoke({ awslogs: { data: gzipSync(JSON.stringify(told)).toString('base64') } });
    }),
  };
}

/** Puts the row of a partner of the template. */
type Store = (cloud: PartnerCloud, environment: Environment) => { readonly serverId: string; readonly text: string };

/** A login by key; where there are passwords, then with a wrong one and the right one, after failures. */
function identityProvider(partner: string, kind: 'keys' | 'passwords', stored: Store): Handler {
  return inCloud(async (bundle, cloud, environment) => {
    const { serverId, text } = stored(cloud, environment);
    const sourceIp = (JSON.parse(text) as PartnerRecord).networks[0].split('/')[0];
    const login = { username: partner, protocol: 'SFTP', serverId, sourceIp };
    const enter = async (password?: string) => {
      const { Role } = await bundle.invoke({ ...login, password }) as { readonly Role?: string };
      if (!Role) throw new Error('the identity provider let nobody in');
    };
    await enter();
    await bundle.invoke({ ...login, password: 'wrong' });
    if (kind === 'keys') return;
    const about = { id: '0'.repeat(10), holder: partner, secretArn: 'arn', version: 'v', createdAt: Date.now() };
    cloud.verifiers = [itemOf({ ...about, verifier: writeVerifier('right', randomBytes(SALT_BYTES), { log2N: 4, r: 8, p: 1 }) })];
    cloud.failures = { failures: { N: '1' }, windowEnds: { N: String(Date.now() + DAY) }, lastFailure: { N: String(Date.now()) } };
    await enter('right');
  });
}

/** A user with a key of nobody's, which gets its own; nobody's is taken away. */
function reconciler(partner: string, stored: Store): Handler {
  const STRAY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhTXjnZ12+nLk0O3FmM6ySD7CIo1opTotCWpYUMlFhq';
  const tables = new PartnerCloud();
  return {
    cloud: () => new UserCloud(partner, STRAY, tables).answer,
    async exercise(bundle, environment) {
      stored(tables, environment);
      await bundle.invoke({ task: 'reconcile' });
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
