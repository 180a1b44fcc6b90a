import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BreakGlassCloud } from './break-glass-cloud';
import type { Handler, Variables } from './handlers';
import { incidentHandlers } from './incident-handlers';
import { reviewHandlers } from './review-handlers';
import { AccountCloud } from '../../runtime-e2e/account-cloud';

const E2E = join(__dirname, '../../runtime-e2e');

/** When no list of training periods of today is right any more. */
const FAR_AWAY = Date.UTC(2040, 0, 1);

/** How the functions that govern an environment are exercised, by path of what they belong to. */
export function governanceHandlers(path: string): Record<string, Handler> {
  return {
    ...incidentHandlers(`${path}/Incidents`),
    ...reviewHandlers(`${path}/Review`),
    [`${path}/Baseline/Defaults/Handler/Function`]: accountDefaults(),
    [`${path}/Staff/Emergency/Function/Handler/Function`]: breakGlass(),
    [`${path}/Staff/Training/Check/Handler/Function`]: trainingCheck(),
  };
}

/** An account that has nothing on. */
function accountDefaults(): Handler {
  return {
    prepare: async () => ({ variables: { NODE_OPTIONS: `--require ${join(E2E, 'account-hosts.cjs')}` }, stop: async () => undefined }),
    cloud: () => new AccountCloud().answer,
    exercise: async (bundle) => void await bundle.invoke({ task: 'apply' }),
  };
}

/** Access that is armed, kept for a while, reviewed by the wrong person, and ended. */
function breakGlass(): Handler {
  const clouds = new Map<string, BreakGlassCloud>();
  const cloudOf = ({ PARAMETER_NAME, ACCOUNT_ID }: Variables) => clouds.get(`${ACCOUNT_ID} ${PARAMETER_NAME}`)!;
  return {
    cloud(variables) {
      const cloud = new BreakGlassCloud(variables);
      clouds.set(`${variables.ACCOUNT_ID} ${variables.PARAMETER_NAME}`, cloud);
      return cloud.answer;
    },
    async exercise(bundle, _, variables) {
      const cloud = cloudOf(variables);
      cloud.arm();
      await bundle.invoke({});
      cloud.resolveByArmer();
      await bundle.invoke({});
      cloud.disarm();
      await bundle.invoke({});
    },
  };
}

/** A list that is stale, of which people are told. */
function trainingCheck(): Handler {
  return {
    async prepare() {
      const folder = mkdtempSync(join(tmpdir(), 'training-'));
      const clock = join(folder, 'clock');
      writeFileSync(clock, String(FAR_AWAY));
      const variables = { TEST_CLOCK: clock, NODE_OPTIONS: `--require ${join(E2E, 'clock.cjs')}` };
      return { variables, stop: async () => rmSync(folder, { recursive: true }) };
    },
    cloud: () => () => ({
      status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] }),
    }),
    exercise: async (bundle) => void await bundle.invoke({}),
  };
}
