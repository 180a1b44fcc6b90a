import { isObject, objectAt, textAt } from './json';

/** Resources that a transform or a module replaces by others, which the template does not hold. */
const REPLACED = /^AWS::Serverless::|::MODULE$/;

/** What to check instead: the template as CloudFormation understood it (AWS CLI, `cloudformation get-template --template-stage Processed`). */
const INSTEAD = 'check the processed template';

/** What deploys by a template and is not in it, so that no rule can judge it; a sentence for each kind. */
export function unjudgedIn(name: string, template: unknown): readonly string[] {
  if (!isObject(template)) return [];
  const resources = objectAt(template, 'Resources');
  const counts = new Map<string, number>();
  for (const resource of Object.values(resources)) {
    const type = isObject(resource) ? textAt(resource, 'Type') : '';
    if (REPLACED.test(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const expansions = [...Object.keys(template), ...Object.keys(resources)].filter((key) => key.startsWith('Fn::'));
  const macros = [template.Transform].flat().filter((each): each is string => typeof each === 'string' && !each.startsWith('AWS::'));
  return [
    ...[...counts].map(([type, number]) => `${name}: ${number} of type ${type}, and what the transform makes of them; ${INSTEAD}`),
    ...expansions.map((key) => `${name}: what ${key} adds; ${INSTEAD}`),
    ...macros.map((macro) => `${name}: what the macro ${macro} changes; ${INSTEAD}`),
  ];
}
