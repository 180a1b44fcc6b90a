import type { Handler, Variables } from './handlers';
import { scanIdOf } from '../../../src/runtime/sftp/scan-row';
import { arrivedEvent, INCOMING, Input, MalwareWorld, scannedEvent } from '../../runtime/sftp/malware-world';
import { RunningBundle } from '../../runtime-e2e/bundle';
import { malwareCloud } from '../../runtime-e2e/malware-cloud';
import { exerciseUploadedFiles, filesCloud } from '../../runtime-e2e/uploaded-files';

/** At the top of the bucket: the functions may copy whatever is in it, so that no prefix is beside that of a file. */
const KEY = 'orders.csv';

const LARGE = 6 * 1024 ** 3;

/** How the functions of a landing are exercised, by path of the landing. */
export function sftpLandingHandlers(path: string): Record<string, Handler> {
  return {
    [`${path}/Router/Function`]: inWorld(async (bundle, cloud, variables) => {
      await bundle.invoke(told(arrivedEvent(KEY, 'small'), variables));
      await release(bundle, cloud, variables);
      expectReleased(cloud, ['small', 'large']);
    }),
    [`${path}/Sweep/Function`]: inWorld(async (bundle, cloud) => {
      cloud.await('small', 'AWAITING');
      await bundle.invoke({ task: 'sweep' });
      cloud.await('small', 'CLEAN');
      cloud.await('large', 'CLEAN');
      // The first time the copy in parts does not end, and goes on the second time; what fails too often is given up, and its parts deleted.
      cloud.failing = ['CompleteMultipartUpload'];
      await bundle.invoke({ task: 'sweep' });
      cloud.failing = [];
      cloud.await('large', 'CLEAN');
      await bundle.invoke({ task: 'sweep' });
      cloud.await('other', 'CLEAN', 11);
      cloud.failing = ['UploadPartCopy'];
      await bundle.invoke({ task: 'sweep' });
      cloud.failing = [];
      await bundle.invoke({ task: 'redrive' });
      expectReleased(cloud, ['small', 'large']);
      if (cloud.world.aborted.length !== 1) throw new Error('no copy in parts was given up');
    }),
  };
}

/** How the functions of the hub's files are exercised, by path of its construct: those of the landing, and the consumer. */
export function partnerFilesHandlers(path: string): Record<string, Handler> {
  return {
    ...sftpLandingHandlers(`${path}/Landing`),
    [`${path}/Noting/Function`]: {
      cloud: () => filesCloud,
      async exercise(bundle, environment) {
        await exerciseUploadedFiles(bundle, environment.namesOf(environment.at(`${path}/Landing/Clean`, 'AWS::S3::Bucket')).name);
      },
    },
  };
}

/** A world whose buckets and table have the names of the template. */
class LandingCloud {
  public readonly world = new MalwareWorld();
  public failing: readonly string[] = [];

  constructor() {
    this.world.upload(KEY, 'small');
    this.world.upload(KEY, 'large', LARGE);
    this.world.upload(KEY, 'other', LARGE);
  }

  /** Has a version wait for something, as if its time had come. */
  public await(versionId: string, state: 'AWAITING' | 'CLEAN', attempts = 0): void {
    const id = scanIdOf(INCOMING, { key: KEY, versionId });
    const zero = { N: '0' };
    const arrived = { id: { S: id }, objectKey: { S: KEY }, version: { S: versionId }, arrivedAt: zero, attempts: { N: String(attempts) } };
    this.world.items[id] = {
      ...this.world.items[id] ?? arrived,
      state: { S: state },
      queue: { S: state === 'CLEAN' ? 'clean' : 'awaiting' },
      dueAt: zero,
      leaseUntil: zero,
    };
  }
}

function inWorld(exercise: (bundle: RunningBundle, cloud: LandingCloud, variables: Variables) => Promise<void>): Handler {
  let cloud: LandingCloud;
  return {
    cloud({ INCOMING_BUCKET, CLEAN_BUCKET, SCANS_TABLE }) {
      cloud = new LandingCloud();
      const names = { incoming: INCOMING_BUCKET, clean: CLEAN_BUCKET, scans: SCANS_TABLE };
      return malwareCloud(cloud.world, names, (operation) => cloud.failing.includes(operation));
    },
    exercise: (bundle, _, variables) => exercise(bundle, cloud, variables),
  };
}

/** Has a small and a large file released; the copy of the large one ends in another attempt, and another one is given up. */
async function release(bundle: RunningBundle, cloud: LandingCloud, variables: Variables): Promise<void> {
  await bundle.invoke(told(scannedEvent(KEY, 'small'), variables));
  const large = told(scannedEvent(KEY, 'large'), variables);
  cloud.failing = ['CompleteMultipartUpload'];
  await bundle.invoke(large);
  cloud.failing = [];
  const id = scanIdOf(variables.INCOMING_BUCKET, { key: KEY, versionId: 'large' });
  cloud.world.items[id] = { ...cloud.world.items[id], leaseUntil: { N: '0' } };
  await bundle.invoke(large);
  cloud.failing = ['UploadPartCopy'];
  for (let attempt = 0; attempt < Number(variables.MAX_ATTEMPTS); attempt++) {
    await bundle.invoke(told(scannedEvent(KEY, 'other'), variables));
    const other = scanIdOf(variables.INCOMING_BUCKET, { key: KEY, versionId: 'other' });
    if (cloud.world.items[other].leaseUntil) cloud.world.items[other] = { ...cloud.world.items[other], leaseUntil: { N: '0' } };
  }
  cloud.failing = [];
}

/** An event of the account, bucket and plan of the template. */
function told(event: Input, { ACCOUNT_ID, INCOMING_BUCKET, PLAN_ARN }: Variables): unknown {
  const text = JSON.stringify({ ...event, account: ACCOUNT_ID, ...event.source === 'aws.guardduty' && { resources: [PLAN_ARN] } });
  return JSON.parse(text.replaceAll(`"${INCOMING}"`, `"${INCOMING_BUCKET}"`));
}

function expectReleased({ world }: LandingCloud, versions: readonly string[]): void {
  const released = world.clean.map(({ from }) => from).sort();
  const wanted = versions.map((version) => `${KEY}?${version}`).sort();
  if (JSON.stringify(released) !== JSON.stringify(wanted)) throw new Error(`the gate released ${released.join(', ')}, not ${wanted.join(', ')}`);
}
