import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { AuditWorld, differing } from './audit-world';
import { makeEvidence } from './incident-moto';
import type { Report } from '../src/runtime/audit/report';
import { DigestCloud } from '../test/runtime/audit/digest-cloud';
import { ENVIRONMENT } from '../test/runtime/audit/digest-environment';
import { ALICE, BOB, DAY, HOUR, QUESTIONS, START } from '../test/runtime/audit/digest-world';

const BUCKET = 'review-evidence';
const PREFIX = 'access-reviews/Daily/';

/** What a day leaves: a report, the same for people, and who acknowledged it. */
const OBJECTS_OF_A_DAY = 3;

/** Days of each of which one call is lost, and days on which nothing ran; the chain of reports over all of them. */
export async function reviews(world: AuditWorld): Promise<void> {
  const objects = new S3Client(world.config);
  await makeEvidence(objects, BUCKET);
  const { front } = world;
  front.cloud = new DigestCloud(START, QUESTIONS);
  const settings = { ...ENVIRONMENT, EVIDENCE_BUCKET: BUCKET, QUESTIONS: '[]', OWN_QUESTIONS: JSON.stringify(QUESTIONS) };
  const digest = await world.bundle('audit/digest', settings);
  let day = 0;
  const begin = () => {
    const now = START + day++ * DAY;
    const yesterday = now - 2 * HOUR;
    front.cloud.happened.push({ question: 'tampering', at: yesterday, arrived: yesterday + HOUR, who: ALICE });
    front.cloud.happened.push({ question: 'readers', at: yesterday, arrived: yesterday, who: BOB });
    world.setTime(now);
  };
  const review = () => digest.invoke({ task: 'review' });
  const resolve = (by: string) => {
    for (const { OpsItemId, Status } of front.cloud.center.items) if (Status !== 'Resolved') front.cloud.center.resolve(OpsItemId, by);
  };
  const versions = async () => (await objects.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: PREFIX }))).Versions ?? [];

  await world.surviveLosses('a digest and its acknowledgement', {
    prepare: async () => begin(),
    async run() {
      await review();
      resolve(BOB);
      await review();
    },
    verify: async () => [
      ...differing('the number of objects', (await versions()).length, day * OBJECTS_OF_A_DAY),
      ...differing('the number of items', front.cloud.center.items.length, day),
    ],
  });
  for (let missed = 0; missed < 3; missed++) begin();
  await review();
  resolve(ALICE);
  await review();
  const isOpen = front.cloud.center.items.slice(-3).every(({ Status }) => Status === 'Open');
  world.check(isOpen, 'a report that its subject acknowledged is open again');
  resolve(BOB);
  await review();
  await review();

  const found = await versions();
  const reports = await Promise.all(found.filter(({ Key = '' }) => /\/reports\/.*json$/.test(Key)).map(async ({ Key, VersionId }) => {
    const { Body } = await objects.send(new GetObjectCommand({ Bucket: BUCKET, Key, VersionId }));
    const text = await Body!.transformToString();
    return { report: JSON.parse(text) as Report, sha256: createHash('sha256').update(text).digest('hex') };
  }));
  world.check(found.length === day * OBJECTS_OF_A_DAY && reports.length === day, 'each day left its objects, once, also those on which nothing ran');
  const follows = reports.slice(1).every(({ report: { from, previous } }, index) => {
    const { report, sha256 } = reports[index];
    return from === report.to && previous?.sha256 === sha256;
  });
  world.check(follows, 'each report begins where the one before ended, and names its hash');
  for (const question of ['tampering', 'readers']) {
    const answers = reports.flatMap(({ report }) => report.answers).filter(({ id }) => id === question);
    const counts = answers.map((answer) => 'rows' in answer ? answer.rows.map(({ events }) => events).join('+') : 'unanswered');
    world.check(counts.join() === Array(day).fill('1').join(), `what ${question} counts is in one report each: ${counts.join()}`);
  }
  await digest.invoke({ task: 'verify' });
  world.check(digest.lines.some((line) => line.includes(`"outcome":"verified","reports":${day}`)), 'the function itself verifies the chain');
}
