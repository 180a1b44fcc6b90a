import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What a trainer may do: read and write one tag of the users that a pattern for ARNs matches, with the values of one list.
 *
 * `users` ends with a star. Whoever has the role is told by the source identity of the session, which the trust policy asks for.
 */
export function trainerStatements(tagKey: string, accepted: readonly string[], users: string): iam.PolicyStatement[] {
  const oneTag = { 'ForAllValues:StringEquals': { 'aws:TagKeys': [tagKey] }, 'Null': { 'aws:TagKeys': 'false' } };
  const below = users.slice(0, -1);
  return [
    new iam.PolicyStatement({ sid: 'ReadsTraining', actions: ['iam:GetUser', 'iam:ListUserTags'], resources: [users] }),
    new iam.PolicyStatement({
      sid: 'GivesTraining',
      actions: ['iam:TagUser'],
      resources: [users],
      conditions: { ...oneTag, StringEquals: { [`aws:RequestTag/${tagKey}`]: [...accepted] } },
    }),
    new iam.PolicyStatement({ sid: 'TakesTraining', actions: ['iam:UntagUser'], resources: [users], conditions: oneTag }),
    new iam.PolicyStatement({
      sid: 'NobodyTrainsThemselves',
      effect: iam.Effect.DENY,
      actions: ['iam:TagUser', 'iam:UntagUser'],
      resources: [`${below}\${aws:SourceIdentity}`, `${below}*/\${aws:SourceIdentity}`],
    }),
  ];
}
