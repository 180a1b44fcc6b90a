import { Handler, Variables } from './handlers';
import { DAY, NOW, settledWorld, Strategy, World } from '../../runtime/secrets/harness/world';
import { Answer, RunningBundle, SeenRequest } from '../../runtime-e2e/bundle';
import { exerciseRotation, ROTATION_ENVIRONMENT, rotationCloud } from '../../runtime-e2e/rotation-cloud';

/** Variables that name what the function works on; the others are times and the like. */
const NAMES = /(^|_)(ARN|ID|IDS|NAME|HOLDER|PREFIX)$/;

/**
 * A function that rotates a secret: a rotation, each step twice, and what the schedule does until the old credential is gone.
 *
 * The harness has names of its own for secret, plans and tables. What the function says and hears is translated between them and those of
 * the template, so that the function sees what a deployment would show it.
 */
export function rotating(strategy: Strategy): Handler {
  const worlds = new Map<string, World>();
  const worldOf = ({ SECRET_ARN }: Variables) => worlds.get(SECRET_ARN)!;
  return {
    cloud(variables) {
      worlds.set(variables.SECRET_ARN, settledWorld(strategy));
      const cloud = rotationCloud(strategy, worldOf(variables));
      const { toHarness, toTemplate } = translation(variables);
      return (request: SeenRequest): Answer => {
        const { body, ...rest } = cloud({ ...request, url: toHarness(request.url), body: toHarness(request.body) });
        return { ...rest, ...(body !== undefined && { body: toTemplate(body) }) };
      };
    },
    async exercise(bundle: RunningBundle, _, variables) {
      const { toTemplate } = translation(variables);
      const told = { invoke: (event: unknown) => bundle.invoke(JSON.parse(toTemplate(JSON.stringify(event)))) };
      await exerciseRotation(told, worldOf(variables), 'version-p');
      for (let day = 1; day <= 4; day++) {
        passDay(worldOf(variables));
        await told.invoke({ task: 'reconcile' });
      }
    },
    tagsOf: (_, { SECRET_ARN }) => ({ 'cdk-secure-integrations:secret': SECRET_ARN }),
  };
}

/** Makes everything in a world a day older, further back than the harness would: an overlap of the template may be longer than its own. */
function passDay(world: object): void {
  for (const [name, value] of Object.entries(world)) {
    if (typeof value === 'object' && value !== null) passDay(value as object);
    else if (name === 'N') (world as Record<string, unknown>)[name] = String(Number(value) - DAY); // in rows of DynamoDB, and all of these are dates
    else if (typeof value === 'number' && Math.abs(NOW - value) < 30 * DAY) (world as Record<string, unknown>)[name] = value - DAY;
  }
}

/** Names of the template for those of the harness, and back. */
function translation(variables: Variables) {
  const pairs = Object.entries(ROTATION_ENVIRONMENT).filter(([name]) => NAMES.test(name) && name in variables)
    .flatMap(([name, harness]) => pairsOf(harness, variables[name]));
  const replace = (text: string, from: 0 | 1, to: 0 | 1) => pairs.reduce((each, pair) => each.split(pair[from]).join(pair[to]), text);
  return { toHarness: (text: string) => replace(text, 1, 0), toTemplate: (text: string) => replace(text, 0, 1) };
}

/** The names in two values of a variable: the texts of a JSON array, or the value; of a secret, also what keys are called after. */
function pairsOf(harness: string, template: string): Array<readonly [string, string]> {
  if (harness.startsWith('[')) {
    const ids = [JSON.parse(harness), JSON.parse(template)] as [string[], string[]];
    return ids[0].map((id, index) => [id, ids[1][index]] as const);
  }
  const pair = [harness, template] as const;
  const ends = pair.map((arn) => arn.slice(arn.lastIndexOf(':') + 1)) as [string, string];
  return harness.startsWith('arn:') ? [pair, ends] : [pair];
}
