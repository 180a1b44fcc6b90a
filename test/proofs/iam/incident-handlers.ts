import type { Handler, Variables } from './handlers';
import { IncidentCloud } from '../../runtime/audit/incident-cloud';
import { action, REPORT, request } from '../../runtime/audit/incident-world';
import { RunningBundle } from '../../runtime-e2e/bundle';
import { incidentsOverHttp } from '../../runtime-e2e/incident-cloud';

/** How the functions of an intake are exercised, by path of the intake. */
export function incidentHandlers(path: string): Record<string, Handler> {
  return {
    [`${path}/Intake/Function`]: inCloud(async (bundle, cloud, { MAIL_DOMAINS = '[]' }) => {
      for (const status of [201, 200]) expectStatus(await bundle.invoke(request(REPORT)), status);
      await bundle.invoke({ Records: [{ messageId: 'm-1', body: '{"token":"scan-1","category":"malware","summary":"found"}' }] });
      const senders = JSON.parse(MAIL_DOMAINS) as readonly string[];
      await bundle.invoke({ Records: senders.map((domain) => ({ messageId: domain, body: mailFrom(domain) })) });
      const [found, expected] = [recordsIn(cloud).length, 2 + senders.length];
      if (found !== expected) throw new Error(`the intake recorded ${found} incidents of ${expected}`);
    }),
    [`${path}/Desk/Function`]: inCloud(async (bundle, cloud) => {
      const id = put(cloud, { state: 'open' });
      expectStatus(await bundle.invoke(request('', 'https://idp|bob', { httpMethod: 'GET', pathParameters: { incidentId: id } })), 200);
      expectStatus(await bundle.invoke(action(id, { action: 'acknowledge' })), 200);
      expectStatus(await bundle.invoke(action(id, { action: 'close', reason: 'the account was reset' })), 200);
    }),
    [`${path}/Clock/Function`]: inCloud(async (bundle, cloud, { LEVELS }) => {
      const levels = JSON.parse(LEVELS) as Array<{ topicArn: string; afterSeconds: number }>;
      // Long enough ago for each level to be told.
      put(cloud, { state: 'open', reportedAt: Date.now() - 2 * Math.max(...levels.map(({ afterSeconds }) => afterSeconds)) * 1000 });
      await bundle.invoke({ task: 'look' });
      const told = new Set(cloud.published.map(({ topicArn }) => topicArn));
      if (!levels.every(({ topicArn }) => told.has(topicArn)) || cloud.objects.size !== 2) throw new Error('the clock did not do all that it can');
    }),
  };
}

function inCloud(exercise: (bundle: RunningBundle, cloud: IncidentCloud, variables: Variables) => Promise<void>): Handler {
  let cloud: IncidentCloud;
  return {
    cloud: () => incidentsOverHttp(cloud = new IncidentCloud()),
    exercise: (bundle, _, variables) => exercise(bundle, cloud, variables),
  };
}

/** What Amazon SES says of a mail that it has stored. */
function mailFrom(domain: string): string {
  return JSON.stringify({
    notificationType: 'Received',
    receipt: { virusVerdict: { status: 'PASS' }, dmarcVerdict: { status: 'PASS' } },
    mail: { messageId: domain, timestamp: '2026-11-25T11:59:00.000Z', commonHeaders: { from: [`alice@${domain}`], subject: 'found' } },
  });
}

/** Puts an incident without duties into the table, as the intake does; gives its id. */
function put(cloud: IncidentCloud, changes: object): string {
  const id = `inc-${'0'.repeat(24)}`;
  const now = Date.now();
  const record = { id, version: 1, entrySha256: '0', detectedAt: now, reportedAt: now, category: 'other', clocks: [], told: {}, ...changes };
  cloud.items.set(`${id} record`, {
    incident: { S: id }, part: { S: 'record' }, version: { N: '1' }, record: { S: JSON.stringify(record) }, copied: { N: '0' }, pending: { S: 'yes' }, nextAt: { N: '0' },
  });
  cloud.items.set(`${id} entry#00000001`, { incident: { S: id }, part: { S: 'entry#00000001' }, entry: { S: '{}' } });
  return id;
}

function recordsIn({ items }: IncidentCloud): readonly string[] {
  return [...items.keys()].filter((key) => key.endsWith(' record'));
}

function expectStatus(answer: unknown, status: number): void {
  const { statusCode } = answer as { readonly statusCode: number };
  if (statusCode !== status) throw new Error(`the function answered ${statusCode}, not ${status}`);
}
