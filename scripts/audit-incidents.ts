import { createHash } from 'node:crypto';
import { AuditWorld, differing } from './audit-world';
import { EVIDENCE, IncidentAws, Received, TABLE, topicArn } from './incident-moto';
import { action, HOUR, MINUTE, REPORT, request, START } from '../test/runtime/audit/incident-world';

const CLOCK_ENVIRONMENT = {
  TABLE_NAME: TABLE,
  EVIDENCE_BUCKET: EVIDENCE,
  EVIDENCE_PREFIX: 'incidents/',
  LEVELS: JSON.stringify([{ topicArn: topicArn('on-call'), afterSeconds: 0 }, { topicArn: topicArn('managers'), afterSeconds: 900 }]),
  REPEAT_SECONDS: '3600',
  WARN_SECONDS: '[86400,14400]',
};

/** Reports that are lost and repeated, the clock that dies, responders who hear no answer; and one incident from its report to its end. */
export async function incidents(world: AuditWorld): Promise<void> {
  const aws = await IncidentAws.make(world);
  world.setTime(START);
  const intake = await world.bundle('audit/intake', { TABLE_NAME: TABLE, REGIMES: '["gdpr"]' });
  const desk = await world.bundle('audit/incident-desk', { TABLE_NAME: TABLE });
  const clock = await world.bundle('audit/incident-clock', CLOCK_ENVIRONMENT);
  world.setTime(START);
  let token = 0;
  const next = async () => ({ ...REPORT, token: `a-token-of-a-client-${++token}` });
  const reported = async () => {
    const { body } = await intake.invoke(request(await next())) as { body: string };
    return (JSON.parse(body) as { incidentId: string }).incidentId;
  };
  const look = () => clock.invoke({ task: 'look' });

  await world.surviveLosses('a report', {
    prepare: async () => ({ report: await next(), before: (await aws.incidents()).length }),
    run: async ({ report }) => intake.invoke(request(report)),
    verify: async ({ before }) => differing('the number of incidents', (await aws.incidents()).length, before + 1),
  });
  await look();
  await aws.pages();
  await world.surviveLosses('the clock', {
    prepare: reported,
    run: look,
    async verify(id) {
      const pages = await aws.pages();
      return [
        ...differing('the history', await aws.happened(id), ['reported', 'paged']),
        ...differing('the evidence', await aws.evidenceOf(id), await aws.history(id)),
        ...differing('the pages', [...new Set(pages.map(({ incident, page }) => `${incident} ${page}`))], [`${id} level-0@${START}`]),
        ...pages.length > 2 ? [`${pages.length} pages were sent`] : [],
      ];
    },
  });
  await world.surviveLosses('a responder', {
    prepare: reported,
    async run(id) {
      const { statusCode } = await desk.invoke(action(id, { action: 'acknowledge' })) as { statusCode: number };
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    },
    verify: async (id) => differing('the history', await aws.happened(id), ['reported', 'acknowledged']),
  });
  await tools(world, aws, (event) => intake.invoke(event));
  await look();
  await aws.pages();
  await passage(world, aws, { reported, look, act: async (id, body) => (await desk.invoke(action(id, body)) as { statusCode: number }).statusCode });
  world.check(!/CONFIDENTIAL|alice/.test(world.log), 'no log tells what was reported, or by whom');
}

/** Messages of tools, from a real queue, which delivers one of them twice. */
async function tools(world: AuditWorld, aws: IncidentAws, take: (event: unknown) => Promise<unknown>): Promise<void> {
  const before = (await aws.incidents()).length;
  for (const token of ['scan-1', 'scan-2', 'scan-1']) await aws.send({ token, category: 'malware', summary: 'found' });
  const messages = await aws.receive('reports');
  const Records = messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }));
  for (let times = 0; times < 2; times++) {
    world.check(JSON.stringify(await take({ Records })) === '{"batchItemFailures":[]}', 'messages of tools are dealt with');
  }
  world.check(Records.length === 3 && (await aws.incidents()).length === before + 2, 'a message that comes twice is one incident');
}

interface People {
  readonly reported: () => Promise<string>;
  readonly look: () => Promise<unknown>;
  readonly act: (id: string, body: object) => Promise<number>;
}

/** One incident that nobody sees to for a while, and whose clock stands still for days. */
async function passage(world: AuditWorld, aws: IncidentAws, { reported, look, act }: People): Promise<void> {
  const id = await reported();
  const after = async (milliseconds: number) => {
    world.setTime(START + milliseconds);
    await look();
    return (await aws.pages()).filter(({ incident }) => incident === id);
  };
  const shown = (pages: readonly Received[]) => pages.map(({ page, topic }) => `${page.split('@')[0]} ${topic}`).sort().join();
  world.check(shown(await after(MINUTE)) === 'level-0 on-call', 'the first level is paged at once');
  world.check(shown(await after(2 * MINUTE)) === '', 'and once');
  world.check(shown(await after(16 * MINUTE)) === 'level-1 managers', 'silence pages the next one');
  world.check(await act(id, { action: 'acknowledge' }) === 200, 'somebody acknowledges it');
  world.check(shown(await after(3 * HOUR)) === '', 'and nobody is paged of it any more');
  const late = await after(75 * HOUR);
  world.check(shown(late) === 'gdpr/authority on-call,gdpr/authority/1 managers', `after days without a clock each topic hears once: ${shown(late)}`);
  const tells = late.some(({ text }) => !text.includes(id) || /CONFIDENTIAL|alice/.test(text));
  world.check(!tells, 'a page says which incident, and not what was reported');
  world.check(await act(id, { action: 'close', reason: 'nothing to be seen to' }) === 409, 'an incident with an open deadline is not closed');
  const notifiedAt = new Date(START + 70 * HOUR).toISOString();
  world.check(await act(id, { action: 'notified', regime: 'gdpr', step: 'authority', notifiedAt }) === 200, 'the authority was notified');
  world.check(await act(id, { action: 'close', reason: 'the account was reset' }) === 200, 'and the incident is closed');
  world.check(shown(await after(200 * HOUR)) === '', 'nobody is told of a closed one');
  const history = await aws.history(id);
  world.check((await aws.happened(id)).join() === 'reported,paged,paged,acknowledged,paged,notified,closed', 'the history is whole');
  const hashes = history.map((text) => createHash('sha256').update(text).digest('hex'));
  const links = history.slice(1).map((text) => (JSON.parse(text) as { previous: string }).previous);
  world.check(links.join() === hashes.slice(0, -1).join(), 'and a chain');
  world.check(JSON.stringify(await aws.evidenceOf(id)) === JSON.stringify(history), 'and the evidence has all of it, once');
  world.check(await aws.isLocked(id), 'and keeps it from whoever would delete it');
}
