import { ControlCase, Template } from './control-case';
import { ACCOUNT, LOG, PARAMETER, server } from './transfer/templates';

type Json = Record<string, any>;

const STREAMS = { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Log}:log-stream:*' };
const FROM_LOGS = {
  StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*' } },
};
const WRITE = {
  Effect: 'Allow',
  Principal: { Service: 'delivery.logs.amazonaws.com' },
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: STREAMS,
  Condition: FROM_LOGS,
};

/** A server whose log policy has some statements. */
const delivering = (...statements: Json[]): Template => server({}, {
  Policy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'delivery', PolicyDocument: { Statement: statements } } },
});

const statements = (t: Template): Json[] => t.Resources.Policy.Properties.PolicyDocument.Statement;

/** Delivery of what SFTP servers log. */
export const DELIVERY_SFTP_CASES: readonly ControlCase[] = [
  {
    control: 'DELIVERY-SFTP-LOG',
    passing: {
      'a statement for the streams of the group': delivering(WRITE),
      'groups of any name': delivering({ ...WRITE, Resource: '*', Condition: undefined }),
    },
    failing: [
      { finding: 'Untold::Log', template: server() },
      { finding: 'Untold::Log', template: delivering({ ...WRITE, Principal: { Service: 'transfer.amazonaws.com' } }) },
      { finding: 'Untold::Log', template: delivering({ ...WRITE, Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }) },
      { finding: 'PolicyDenies::Log', template: delivering(WRITE, { ...WRITE, Effect: 'Deny', Condition: undefined }) },
      { finding: 'Untold::Log', template: delivering({ ...WRITE, Resource: PARAMETER }) },
      { finding: 'Untold::${Parameter}', template: server({ StructuredLogDestinations: PARAMETER }) },
      { finding: 'Untold::Log', template: server({}, { Log: { ...LOG, Properties: { LogGroupName: 'sftp' } } }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'Untold::Log', mutate: (t) => delete t.Resources.Policy },
      { name: 'drop an action', finding: 'Untold::Log', mutate: (t) => statements(t)[0].Action.pop() },
      { name: 'another log group', finding: 'Untold::Log', mutate: (t) => { statements(t)[0].Resource = 'arn:aws:logs:*:*:log-group:other:*'; } },
    ],
  },
];
