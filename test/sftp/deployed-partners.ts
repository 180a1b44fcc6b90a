import { App, Stack, Stage } from 'aws-cdk-lib';
import { network } from './server-world';
import { sftp, storage } from '../../src';
import { environmentsOf } from '../proofs/iam/assembly';
import { Grant, grantsOf, Statement } from '../proofs/iam/role';
import { START } from '../runtime/sftp/partners';

/** Days for which keys are good. */
const KEY_DAYS = 100;

/** Addresses that clients on this machine connect from. */
const LOOPBACK = '127.0.0.0/8';

/** What the constructs make of a server and its partners, as a deployment could name it. */
export interface Deployed {
  readonly incoming: string;
  readonly outgoing: string;
  readonly rolePrefix: string;
  /** Text of the records, by the names of partners. */
  readonly records: ReadonlyMap<string, string>;
  /** What each role may do, by its ARN. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  /** The key of each bucket, by the bucket's name. */
  readonly keys: ReadonlyMap<string, { readonly arn: string; readonly policy: unknown }>;
}

/** A partner with the line of its public key, and what it may do. */
export interface Registered { readonly name: string; readonly key: string; readonly access: sftp.PartnerAccess }

type Policies = ReadonlyArray<{ readonly PolicyDocument: { readonly Statement: readonly Statement[] } }>;
type Encryption = ReadonlyArray<{ readonly ServerSideEncryptionByDefault: { readonly KMSMasterKeyID: string } }>;

/** Synthesizes a server with these partners, and reads from the template what their sign-ins hang on. */
export function deployed(partners: readonly Registered[]): Deployed {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Files');
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack) }),
    incoming: new storage.LandingBucket(stack, 'Incoming'),
    outgoing: new storage.LandingBucket(stack, 'Outgoing'),
  });
  const expires = new Date(START + KEY_DAYS * 86_400_000);
  for (const { name, key, access } of partners) {
    server.addPartner(name, { keys: [sftp.PartnerKey.of(key, { expires })], networks: [LOOPBACK], access });
  }
  const [environment] = environmentsOf(app.synth());
  const bucketAt = (path: string) => environment.namesOf(environment.at(path, 'AWS::S3::Bucket')).ref;
  const provider = environment.ofType('AWS::Lambda::Function').find(({ path }) => path.startsWith('Files/Sftp/Users/IdentityProvider'));
  const rolePrefix = provider!.property('Environment.Variables.ROLE_PREFIX') as string;
  const roles = environment.ofType('AWS::IAM::Role').filter((role) => environment.namesOf(role).arn.startsWith(rolePrefix));
  const keyOf = (bucket: string) => {
    const [rule] = environment.at(bucket, 'AWS::S3::Bucket').property('BucketEncryption.ServerSideEncryptionConfiguration') as Encryption;
    const arn = rule.ServerSideEncryptionByDefault.KMSMasterKeyID;
    return { arn, policy: environment.withArn(arn, 'AWS::KMS::Key').property('KeyPolicy') as unknown };
  };
  return {
    incoming: bucketAt('Files/Incoming'),
    outgoing: bucketAt('Files/Outgoing'),
    rolePrefix,
    records: new Map(environment.ofType('Custom::SftpPartner').map((resource) => resource.property('Record') as string)
      .map((text) => [(JSON.parse(text) as { readonly name: string }).name, text])),
    grants: new Map(roles.map((role) => [
      environment.namesOf(role).arn,
      (role.property('Policies') as Policies).flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(grantsOf)),
    ])),
    keys: new Map(['Files/Incoming', 'Files/Outgoing'].map((path) => [bucketAt(path), keyOf(path)])),
  };
}
