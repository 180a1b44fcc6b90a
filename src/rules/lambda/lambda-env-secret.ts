import { looksSecret, namesSecret, resolvesSecret } from './secret-names';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, Reference, Value } from '../values';

/** Checks `LAMBDA-ENV-SECRET`. No message repeats a value, because a report is read by more people than the function's configuration. */
export const lambdaEnvSecret: Rule = {
  control: 'LAMBDA-ENV-SECRET',
  check({ properties }) {
    const variables = at(properties, 'Environment.Variables');
    if (variables === undefined) return compliant('the function has no environment variables');
    if (!isMap(variables)) return cannotTell('UnresolvedEnvironment', 'the template does not tell the environment variables', 'Environment.Variables');
    const found = Object.entries(variables).flatMap(([name, value]) => checkVariable(name, value));
    return found.length > 0 ? found : compliant('no variable has the name or the shape of a secret', 'Environment.Variables');
  },
};

function checkVariable(name: string, value: Value): Outcome[] {
  const property = `Environment.Variables.${name}`;
  const text = describe(value);
  if (resolvesSecret(text)) return [violation(`ResolvedSecret::${name}`, 'a dynamic reference puts the secret in clear text into the configuration', property)];
  if (value instanceof Reference) {
    return isSecretAttribute(value) ? [violation(`ResolvedSecret::${name}`, 'an attribute puts the secret in clear text into the configuration', property)] : [];
  }
  if (looksSecret(text)) return [violation(`SecretShape::${name}`, 'the value has the shape of a secret', property)];
  if (!namesSecret(name) || isHarmless(text)) return [];
  if (isUnknown(value)) return [cannotTell(`UnresolvedSecret::${name}`, 'the name is that of a secret, and the template does not tell the value', property)];
  return [violation(`PlainSecret::${name}`, 'the name is that of a secret, and the value is in clear text', property)];
}

/** `Fn::GetAtt` of what a resource gives away only once, such as `SecretAccessKey` or `ClientSecret`. */
function isSecretAttribute({ attribute }: Reference): boolean {
  return /(secret|secretaccesskey|password)$/i.test(attribute ?? '');
}

/** An ARN says where the secret is; a switch or nothing is none. */
function isHarmless(text: string): boolean {
  return text === '' || /^(true|false|arn:.*)$/i.test(text);
}
