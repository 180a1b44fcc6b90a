import { statementOf } from './claim';
import { armingCode, Deployed } from './deployed';
import { Mutant, mutant, without, withConditions, withoutActions } from './mutants-tools';
import { Mutation } from '../../runtime/mutant';

const code = (...mutations: readonly Mutation[]) => (deployed: Deployed) => { deployed.code = armingCode(...mutations); };
const boundary = ({ holders }: Deployed, path: string) => holders[path].boundary!;

const ARMING: readonly Mutant[] = [
  mutant('an armed policy is for whoever has the role', 'emergency', /^emergency access (that is armed for another|of a)/,
    code({ file: 'armed-role', from: "StringEquals: { 'aws:SourceIdentity': beneficiary },", to: '' })),
  mutant('an armed policy is for names alike', 'emergency', /of a source identity in other letters/,
    code({ file: 'armed-role', from: 'StringEquals: {', to: 'StringEqualsIgnoreCase: {' })),
  mutant('an armed policy does not end', 'emergency', /where nothing has run since/,
    code({ file: 'armed-role', from: "DateLessThan: { 'aws:CurrentTime': until },", to: '' })),
  mutant('an armed policy lasts where no time is told', 'emergency', /when it ends, where nothing has run/,
    code({ file: 'armed-role', from: 'DateLessThan: {', to: 'DateLessThanEquals: {' })),
  mutant('an armed policy is for a session of any name', 'emergency', /named after another/,
    code({ file: 'armed-role', from: 'StringLike: { \'aws:userid\': `*:${beneficiary}` },', to: '' })),
  mutant('people arm for themselves', 'emergency', /armed for themselves/,
    code({ file: 'arming', from: 'if (isSamePerson(armer, { person: request.for.toLowerCase() }))', to: 'if (false)' })),
  mutant('whoever writes the parameter arms', 'emergency', /that (another role|a user) armed/,
    code({ file: 'arming', from: 'if (armer?.role !== armerRole)', to: 'if (!armer)' })),
  mutant('access is armed for as long as somebody likes', 'emergency', /for longer than it may be/,
    code({ file: 'arming', from: 'if (milliseconds > longestMilliseconds)', to: 'if (false)' })),
  mutant('the deployed limit is four hours', 'emergency', /for longer than it may be/,
    (deployed) => { (deployed.arming as Record<string, string>).LONGEST_MINUTES = '240'; }),
  mutant('nobody can disarm', 'emergency', /that was disarmed/,
    code({ file: 'arming', from: "if (verdict.is === 'disarmed') grant = undefined;", to: '' })),
  mutant('the role of emergencies has no boundary', 'emergency', /that is armed: (cloudtrail|logs|kms|cloudformation)/,
    ({ holders }) => { delete (holders['Staff/Emergency'] as { boundary?: unknown }).boundary; }),
  mutant('the role of emergencies has rights of its own', 'emergency', /that nobody armed/,
    ({ holders }) => { holders['Staff/Emergency'].rights.Statement.push({ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }); }),
  mutant('what arms may be changed by whom it arms', 'emergency', /that is armed: (lambda|events)/,
    ({ holders }) => { holders['Staff/Emergency'].rights.Statement = []; }),
];

const TAGS: readonly Mutant[] = [
  mutant('administrators give the tag', 'tags', /^Staff\/Operator, given everything: iam:TagUser/, (deployed) => without(boundary(deployed, 'Staff/Operator'), 'TrainersAloneTagTraining')),
  mutant('the tag is protected in one spelling', 'tags', /^Staff\/Auditor, given everything: iam:TagRole/,
    (deployed) => withConditions(statementOf(boundary(deployed, 'Staff/Auditor'), 'TrainersAloneTagTraining'), (all) => {
      all['ForAnyValue:StringEquals'] = all['ForAnyValue:StringEqualsIgnoreCase'];
      delete all['ForAnyValue:StringEqualsIgnoreCase'];
    })),
  mutant('the tag is protected where it comes alone', 'tags', /^Staff\/Developer, given everything: iam:CreateUser/,
    (deployed) => withConditions(statementOf(boundary(deployed, 'Staff/Developer'), 'TrainersAloneTagTraining'), (all) => {
      all['ForAllValues:StringEqualsIgnoreCase'] = all['ForAnyValue:StringEqualsIgnoreCase'];
      delete all['ForAnyValue:StringEqualsIgnoreCase'];
    })),
  mutant('every role is a trainer', 'tags', /^Staff\/Armer, given everything: sts:TagSession/,
    (deployed) => withConditions(statementOf(boundary(deployed, 'Staff/Armer'), 'TrainersAloneTagTraining'), (all) => { all.ArnNotLike['aws:PrincipalArn'] = 'arn:aws:iam::*:role/*'; })),
  ...['iam:TagUser', 'iam:UntagUser', 'iam:CreateUser', 'iam:TagRole', 'iam:UntagRole', 'iam:CreateRole', 'sts:TagSession'].map((action): Mutant => (
    mutant(`the tag is given by ${action}`, 'tags', new RegExp(`^Staff/KeyAdministrator, given everything: ${action} `),
      (deployed) => withoutActions(statementOf(boundary(deployed, 'Staff/KeyAdministrator'), 'TrainersAloneTagTraining'), action)))),
  mutant('attributes are mapped by anybody', 'tags', /^Staff\/Operator, given everything: sso:UpdateInstance/, (deployed) => withoutActions(statementOf(boundary(deployed, 'Staff/Operator'), 'NobodyElse'), 'sso:Update*')),
  mutant('attributes of people are changed by anybody', 'tags', /identitystore:UpdateUser/,
    (deployed) => withoutActions(statementOf(boundary(deployed, 'Staff/Operator'), 'NobodyElse'), 'identitystore:Update*')),
  mutant('users behind the gate give themselves a session with it', 'tags', /^a user behind the gate, given everything: sts:TagSession/,
    ({ policies }) => withoutActions(statementOf(policies['Staff/Training'], 'TrainersAloneTagTraining'), 'sts:TagSession')),
  mutant('trainers train themselves', 'tags', /^a trainer gives a period to themselves/, ({ holders }) => without(holders['Staff/Trainer'].rights, 'NobodyTrainsThemselves')),
  mutant('trainers train themselves below a path', 'tags', /to themselves further below/,
    ({ holders }) => { statementOf(holders['Staff/Trainer'].rights, 'NobodyTrainsThemselves').Resource.splice(1, 1); }),
  mutant('trainers give any period', 'tags', /that does not|no period/,
    ({ holders }) => withConditions(statementOf(holders['Staff/Trainer'].rights, 'GivesTraining'), (all) => { delete all.StringEquals; })),
  mutant('trainers give any tag', 'tags', /another tag/,
    ({ holders }) => withConditions(statementOf(holders['Staff/Trainer'].rights, 'GivesTraining'), (all) => { delete all['ForAllValues:StringEquals']; })),
  mutant('trainers reach every user', 'tags', /to a user elsewhere/,
    ({ holders }) => { statementOf(holders['Staff/Trainer'].rights, 'GivesTraining').Resource = 'arn:aws:iam::111122223333:user/*'; }),
];

/** Weakenings of emergency access, and of what keeps the training tag. */
export const EMERGENCY_MUTANTS: readonly Mutant[] = [...ARMING, ...TAGS];
