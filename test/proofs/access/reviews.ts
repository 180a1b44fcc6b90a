import type { SSMClient } from '@aws-sdk/client-ssm';
import { Decided } from './claim';
import { ACCOUNT } from './deployed';
import { ArmingVersion } from '../../../src/runtime/access/arming-parameter';
import { review } from '../../../src/runtime/access/arming-review';
import { ReviewItems } from '../../../src/runtime/shared/review-item';
import { OpsCenter, OWN_ROLE } from '../../runtime/ops-center';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const session = (role: string, person: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${person}`;

/** Who resolves the review of an access that alice armed for bob, and whether it counts. */
const RESOLVERS: ReadonlyArray<readonly [who: string, by: string, counts: boolean]> = [
  ['an auditor', session('Auditor', 'carol'), true],
  ['an operator', session('Operator', 'dave'), true],
  ['a user', `arn:aws:iam::${ACCOUNT}:user/carol`, true],
  ['who armed it, in the same role', session('Armer', 'alice'), false],
  ['who armed it, as an auditor', session('Auditor', 'alice'), false],
  ['who armed it, in other letters', session('Auditor', 'Alice'), false],
  ['who armed it, as a user', `arn:aws:iam::${ACCOUNT}:user/alice`, false],
  ['who had the access, as an auditor', session('Auditor', 'bob'), false],
  ['who had the access, as a user of some path', `arn:aws:iam::${ACCOUNT}:user/staff/bob`, false],
  ['the function itself', OWN_ROLE, false],
  ['the root user', `arn:aws:iam::${ACCOUNT}:root`, false],
];

/** Whose word counts for a review of emergency access: of those who may resolve it, neither who armed it nor who had it. */
export async function reviews(): Promise<Decided> {
  const wrong: string[] = [];
  const version: ArmingVersion = { number: 1, text: '', writtenBy: session('Armer', 'alice'), writtenAt: NOW };
  const request = { for: 'bob', reason: 'the orders table answers nobody', ticket: 'INC-4711', until: '2026-11-25T10:20:00Z' };
  for (const [who, by, counts] of RESOLVERS) {
    const center = new OpsCenter(() => NOW);
    const client = {
      send: (command: { readonly constructor: { readonly name: string }; readonly input: object }) => (
        Promise.resolve(center.call(command.constructor.name.replace(/Command$/, ''), command.input))),
    } as unknown as SSMClient;
    const look = () => review({ id: '1', version, verdict: { is: 'armed', request } }, ACCOUNT, 1, { reviews: new ReviewItems(client), now: () => NOW });
    await look();
    center.resolve(center.items[0].OpsItemId, by);
    const isReviewed = await look() === 'reviewed';
    if (isReviewed !== counts) wrong.push(`a review that is resolved by ${who}: ${isReviewed ? 'counts, and should not' : 'does not count, and should'}`);
  }
  return { decisions: RESOLVERS.length, wrong };
}
