import { isMachineClient } from './clients';
import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, numberOf, truth, Unresolved } from '../values';

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };

/** RFC 6750, 5.3. */
const LONGEST_BEARER = SECONDS.hours;

/** What Amazon Cognito gives a refresh token where the client does not say; a longer life than that takes a reason. */
const LONGEST_REFRESH = 30 * SECONDS.days;

/** Kinds of tokens, each with the unit and the life that apply where the client does not say (AWS::Cognito::UserPoolClient). */
const KINDS = [
  { token: 'Access', unit: 'hours', life: 3600, most: LONGEST_BEARER, finding: 'AccessTooLong' },
  { token: 'Id', unit: 'hours', life: 3600, most: LONGEST_BEARER, finding: 'IdTooLong' },
  { token: 'Refresh', unit: 'days', life: 2592000, most: LONGEST_REFRESH, finding: 'RefreshTooLong' },
];

/** Checks `COGNITO-CLIENT-TOKENS`. A client of machines gets access tokens only, and its answers know no users. */
export const cognitoClientTokens: Rule = {
  control: 'COGNITO-CLIENT-TOKENS',
  check(client) {
    const machine = isMachineClient(client);
    const kinds = machine ? KINDS.slice(0, 1) : KINDS;
    const found = [...kinds.flatMap((kind) => judgeLife(client, kind)), ...judgeRevocation(client), ...(machine ? [] : judgeAnswers(client))];
    if (found.length > 0) return found;
    const lives = kinds.map((kind) => `${kind.token.toLowerCase()} tokens live ${describe(lifeOf(client, kind))} s`);
    return compliant(`${lives.join(', ')}, and can be revoked${machine ? '' : '; answers do not tell whether a user exists'}`);
  },
};

type Kind = (typeof KINDS)[number];

function lifeOf({ properties }: Resource, { token, unit, life }: Kind): number | Unresolved {
  const amount = numberOf(properties[`${token}TokenValidity`]);
  const told = at(properties, `TokenValidityUnits.${token}Token`) ?? unit;
  if (amount === undefined) return life;
  const factor = typeof told === 'string' ? SECONDS[told] : undefined;
  if (amount instanceof Unresolved || factor === undefined) return new Unresolved(`${describe(amount)} ${describe(told)}`);
  // Cognito takes 0 for the default.
  return amount === 0 ? life : amount * factor;
}

function judgeLife(client: Resource, kind: Kind): Outcome[] {
  const property = `${kind.token}TokenValidity`;
  const life = lifeOf(client, kind);
  if (life instanceof Unresolved) return [cannotTell('UnresolvedTokens', `${property} is ${describe(life)}`, property)];
  return life <= kind.most ? [] : [violation(kind.finding, `${property} is ${life} s, more than ${kind.most}`, property)];
}

function judgeRevocation({ properties }: Resource): Outcome[] {
  const revocable = truth(properties.EnableTokenRevocation);
  if (revocable instanceof Unresolved) return [cannotTell('UnresolvedTokens', `EnableTokenRevocation is ${describe(revocable)}`, 'EnableTokenRevocation')];
  // On, where a new client does not say.
  return revocable === false ? [violation('RevocationOff', 'EnableTokenRevocation is false', 'EnableTokenRevocation')] : [];
}

function judgeAnswers({ properties }: Resource): Outcome[] {
  const answers = properties.PreventUserExistenceErrors;
  if (isUnknown(answers)) return [cannotTell('UnresolvedTokens', `PreventUserExistenceErrors is ${describe(answers)}`, 'PreventUserExistenceErrors')];
  return answers === 'ENABLED' ? [] : [violation('TellsUsers', `PreventUserExistenceErrors is ${describe(answers)}`, 'PreventUserExistenceErrors')];
}
