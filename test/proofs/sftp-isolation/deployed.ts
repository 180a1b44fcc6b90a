import { App, Stack, Stage } from 'aws-cdk-lib';
import { Bounds } from './judge';
import { ACCOUNT, names, REGION, twisted } from './partners';
import { sftp, storage } from '../../../src';
import { isPartnerName } from '../../../src/formats/partner-check';
import { conflictsAmong } from '../../../src/formats/partner-conflicts';
import type { PartnerDirectory } from '../../../src/formats/partner-directories';
import { sessionPolicy } from '../../../src/formats/session-policy';
import { newKey } from '../../runtime/sftp/partners';
import { network } from '../../sftp/server-world';
import { environmentsOf } from '../iam/assembly';
import { Environment } from '../iam/environment';
import { Statement } from '../iam/role';

/** A partner as a deployment makes it, or as operators add it to one. */
export interface Deployed extends Bounds {
  readonly directories: readonly PartnerDirectory[];
  /** Whether it has a role that others have, too. */
  readonly sharesRole: boolean;
}

const ACCESSES = [sftp.PartnerAccess.manage, sftp.PartnerAccess.upload, sftp.PartnerAccess.download, sftp.PartnerAccess.exchange];

/** Partners with roles of their own, made by the construct, and partners that share the role of those that are added at run time. */
export function deployed(templates: number, runtimes: number): Deployed[] {
  const sample = alike(templates);
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: ACCOUNT, region: REGION } }), 'Files');
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack) }),
    incoming: new storage.LandingBucket(stack, 'Incoming'),
    outgoing: new storage.LandingBucket(stack, 'Outgoing'),
    users: sftp.SftpUsers.identityProvider({ runtimePartners: sftp.RuntimePartners.within(['198.51.100.0/24'], { access: sftp.PartnerAccess.exchange() }) }),
  });
  const expires = new Date('2027-05-01T00:00:00Z');
  sample.forEach((name, index) => server.addPartner(name, {
    keys: [sftp.PartnerKey.of(newKey().body, { expires })], networks: ['203.0.113.0/28'], access: ACCESSES[index % ACCESSES.length](),
  }));
  const [environment] = environmentsOf(app.synth());
  return [...ofTemplate(environment), ...atRunTime(environment, sample.slice(0, runtimes))];
}

/** Names that begin alike, end alike or are as long as may be, of which no two are in each other's way. */
function alike(count: number): string[] {
  const found: string[] = [];
  for (const [, { name }] of twisted(names())) {
    if (found.length === count) break;
    const together = [...found, name].map((each) => ({ name: each, keys: [], directories: [{ ...ANY, prefix: `partners/${each}` }] }));
    if (isPartnerName(name) && /[a-z0-9]$/.test(name) && !found.includes(name) && conflictsAmong(together).length === 0) found.push(name);
  }
  return found;
}

const ANY: PartnerDirectory = { entry: '/', bucket: 'incoming', prefix: 'x', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/x', actions: ['list'] };

function ofTemplate(environment: Environment): Deployed[] {
  return environment.ofType('Custom::SftpPartner').map((resource) => {
    const record = JSON.parse(resource.property('Record') as string) as { name: string; roleArn: string; directories: PartnerDirectory[] };
    return boundsOf(environment, record, false);
  });
}

/** As the registrar makes them of what it was told (`src/runtime/sftp/runtime-record.ts`). */
function atRunTime(environment: Environment, sample: readonly string[]): Deployed[] {
  const operator = environment.ofType('AWS::Lambda::Function').map((each) => each.property('Environment.Variables') as Record<string, string> | undefined)
    .find((variables) => variables?.RUNTIME_ROLE_ARN !== undefined)!;
  const bases = JSON.parse(operator.DIRECTORIES) as PartnerDirectory[];
  return sample.map((name) => boundsOf(environment, {
    name: `${name} (at run time)`, roleArn: operator.RUNTIME_ROLE_ARN, directories: bases.map((base) => ({ ...base, prefix: `${base.prefix}/${name}` })),
  }, true));
}

function boundsOf(
  environment: Environment, { name, roleArn, directories }: { name: string; roleArn: string; directories: PartnerDirectory[] }, sharesRole: boolean,
): Deployed {
  const role = environment.withArn(roleArn, 'AWS::IAM::Role');
  const policies = role.property('Policies') as Array<{ PolicyDocument: { Statement: Statement[] } }>;
  const keys = environment.ofType('AWS::KMS::Key');
  return {
    name,
    directories,
    sharesRole,
    roleArn,
    role: policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    session: JSON.parse(sessionPolicy({ directories })),
    keyPolicies: Object.fromEntries(keys.map((key) => [environment.namesOf(key).arn, key.property('KeyPolicy')])),
  };
}
