import { Identity } from '../proofs/iam/role';
import { decide } from '../proofs/iam/simulate';
import type { Deployed } from '../sftp/deployed-partners';

/** What the identity provider answers for somebody. */
export interface Session extends Readonly<Record<'Role' | 'Policy' | 'HomeDirectoryDetails', string>> { readonly PublicKeys?: readonly string[] }

/** A place in a bucket; the key of a folder ends in a slash. */
export interface Place { readonly bucket: string; readonly key: string }

const ACCOUNT = '111122223333';

/** A path that begins so is taken for a bucket and a key, as by a server that gives its users no home: nothing but the policy of the session refuses. */
const WITHOUT_HOME = /^\/@bucket\/([^/]+)\/(.*)$/;

/** Buckets, of which a session sees and does what its role and its policy allow, and the key of the bucket. */
export class Storage {
  public readonly objects = new Map<string, Buffer>();
  /** What was refused, in the order of requests: action and resource. */
  public readonly refusals: string[] = [];

  constructor(private readonly deployed?: Pick<Deployed, 'grants' | 'keys'>) {}

  /** Where a path leads (AWS Transfer Family User Guide, "Using logical directories"); undefined above the directories that there are. */
  public placeOf(session: Session, path: string): Place | undefined {
    const [, bucket, key] = WITHOUT_HOME.exec(path) ?? [];
    if (bucket !== undefined) return { bucket, key };
    const mappings = JSON.parse(session.HomeDirectoryDetails) as ReadonlyArray<{ readonly Entry: string; readonly Target: string }>;
    const mapping = mappings.find(({ Entry }) => Entry === '/' || path === Entry || path.startsWith(`${Entry}/`));
    if (!mapping) return undefined;
    const [, targetBucket, prefix] = /^\/([^/]+)\/(.+)$/.exec(mapping.Target)!;
    const rest = path.slice(mapping.Entry === '/' ? 1 : mapping.Entry.length + 1);
    return { bucket: targetBucket, key: `${prefix}/${rest}` };
  }

  /** Names right below a folder; undefined where the session may not list it. */
  public async list(session: Session, { bucket, key }: Place): Promise<readonly string[] | undefined> {
    const folder = key.endsWith('/') ? key : `${key}/`;
    if (!await this.may(session, 's3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': folder })) return undefined;
    const below = [...this.objects.keys()].filter((name) => name.startsWith(`${bucket}/${folder}`)).map((name) => name.slice(bucket.length + 1 + folder.length));
    return [...new Set(below.map((name) => name.split('/')[0]))].filter((name) => name !== '');
  }

  public async mayRead(session: Session, place: Place): Promise<boolean> {
    return await this.may(session, 's3:GetObject', arnOf(place)) && this.mayUseKey(session, 'kms:Decrypt', place);
  }

  public async mayWrite(session: Session, place: Place): Promise<boolean> {
    return await this.may(session, 's3:PutObject', arnOf(place)) && this.mayUseKey(session, 'kms:GenerateDataKey', place);
  }

  public mayDelete(session: Session, place: Place): Promise<boolean> {
    return this.may(session, 's3:DeleteObject', arnOf(place));
  }

  private mayUseKey(session: Session, action: string, { bucket }: Place): Promise<boolean> {
    const key = this.deployed?.keys.get(bucket);
    const context = {
      'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}`,
    };
    return key ? this.may(session, action, key.arn, context, key.policy) : Promise.resolve(false);
  }

  /** Whether IAM would allow it: to the role, as the constructs make it, and to the session with its policy. */
  private async may(
    { Role, Policy }: Session, action: string, resource: string, context: Readonly<Record<string, string>> = {}, resourcePolicy?: unknown,
  ): Promise<boolean> {
    const sessionArn = `arn:aws:sts::${ACCOUNT}:assumed-role/${Role.split('/').at(-1)}/session`;
    const grants = this.deployed?.grants.get(Role) ?? [];
    const identity: Identity = { account: ACCOUNT, roleArn: Role, sessionArn, grants, denials: [], boundaries: [] };
    const call = { action, resource, context, because: 'a client of SFTP asks' };
    const isAllowed = await decide(call, identity, grants, resourcePolicy, JSON.parse(Policy)) === 'Allowed';
    if (!isAllowed) this.refusals.push(`${action} ${resource}`);
    return isAllowed;
  }
}

function arnOf({ bucket, key }: Place): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}
