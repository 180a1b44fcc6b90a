import { asDeployed, Claim, Claims, sessionOf, withEverything } from './claim';
import { ACCOUNT, Deployed, Holder } from './deployed';
import { resourceOf } from './escalation-resources';
import { LEFT_OPEN, Way, WAYS } from './pathfinding';
import { ESCALATION_PATHS } from '../../access/escalation-paths';
import { EVERYTHING, Request } from '../../access/judge';
import { Context } from '../iam/call';

/** Roles that are no administrator's: each but that of emergencies, which has everything that the boundary leaves, once it is armed. */
const isEmergency = (path: string) => path.endsWith('/Emergency');

/** What a team has who builds something, bounded like the rest: below no path that the boundary knows. */
const BUILDER = `arn:aws:iam::${ACCOUNT}:role/team/builder`;

/** Which known ways lead to more rights: none from a role of the catalogue; from one that may do everything, those that the boundary leaves open. */
export const escalation: Claims = (deployed) => {
  const { holders } = deployed;
  const builder: Holder = { ...holders['Staff/Auditor'], arn: BUILDER, rights: { Statement: [EVERYTHING] } };
  const roles = Object.entries(holders);
  return [
    ...WAYS.flatMap((way) => [
      ...roles.map(([path, holder]) => closed(`${path}: ${way.id}`, holder, stepsOf(way))),
      byBoundary(`a builder who may do everything: ${way.id}`, builder, stepsOf(way), LEFT_OPEN.includes(way.id)),
      ...roles.filter(([path]) => !isEmergency(path)).map(([path, holder]) => givenEverything(`${path}, given everything: ${way.id}`, holder, way)),
    ]),
    ...ESCALATION_PATHS.flatMap(({ name, steps, closedByBoundary }) => [
      ...roles.map(([path, holder]) => closed(`${path}: Rhino ${name}`, holder, steps)),
      byBoundary(`a builder who may do everything: Rhino ${name}`, builder, steps, !closedByBoundary),
    ]),
    ...deployers(deployed, builder),
  ];
};

interface Step { readonly action: string; readonly resource: string; readonly context?: Context }

function stepsOf({ takes }: Way): Step[] {
  return takes.map((taken) => taken.startsWith('pass:')
    ? { action: 'iam:PassRole', resource: resourceOf('iam:PassRole'), context: { 'iam:PassedToService': `${taken.slice('pass:'.length)}.amazonaws.com` } }
    : { action: taken, resource: resourceOf(taken) });
}

const asked = (holder: Holder, steps: readonly Step[]): Request[] => steps.map(({ action, resource, context }) => sessionOf(holder, 'ann', action, resource, context));

const closed = (name: string, holder: Holder, steps: readonly Step[]): Claim =>
  ({ name, requests: asked(holder, steps), policies: asDeployed(holder), allowed: false });

const byBoundary = (name: string, holder: Holder, steps: readonly Step[], isOpen: boolean): Claim =>
  ({ name, requests: asked(holder, steps), policies: asDeployed(holder), allowed: isOpen });

/** What a role of the catalogue denies itself may close more than the boundary does, and never less. */
function givenEverything(name: string, holder: Holder, way: Way): Claim {
  return { name, requests: asked(holder, stepsOf(way)), policies: withEverything(holder), allowed: LEFT_OPEN.includes(way.id) };
}

/** The roles by which CDK deploys trust the account: whoever may take them on can do everything. */
function deployers({ holders }: Deployed, builder: Holder): Claim[] {
  const names = ['deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role', 'cfn-exec-role'];
  return [...Object.entries(holders), ['a builder', builder] as const].flatMap(([path, holder]) => names.map((name): Claim => ({
    name: `${path}, given everything: takes on the ${name} of CDK`,
    requests: [sessionOf(holder, 'ann', 'sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-${name}-${ACCOUNT}-eu-west-1`)],
    policies: withEverything(holder),
    allowed: false,
  })));
}
