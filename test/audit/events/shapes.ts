/** An event as CloudTrail writes it to a log group. */
export type TrailEvent = Readonly<Record<string, unknown>>;

/** What a filter has to match, and what looks alike and must not be. */
export interface Samples {
  readonly hits: readonly TrailEvent[];
  readonly misses: readonly TrailEvent[];
  /** The same for the filter of the profile `strict` alone. */
  readonly strictHits?: readonly TrailEvent[];
  readonly strictMisses?: readonly TrailEvent[];
}

/** A session of a role, and the call that it made (AWS CloudTrail User Guide, "CloudTrail record contents"). */
const CALL: TrailEvent = {
  eventVersion: '1.08',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:alice',
    arn: 'arn:aws:sts::111122223333:assumed-role/Deployer/alice',
    accountId: '111122223333',
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLE', arn: 'arn:aws:iam::111122223333:role/Deployer', accountId: '111122223333', userName: 'Deployer' },
      attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
    },
  },
  eventTime: '2026-01-01T00:00:00Z',
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'aws-cli/2',
  requestParameters: null,
  responseElements: null,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  eventCategory: 'Management',
};

const ROOT = { type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' };
const USER = { type: 'IAMUser', principalId: 'AIDAEXAMPLE', arn: 'arn:aws:iam::111122223333:user/alice', accountId: '111122223333', userName: 'alice' };

/** A call, with more of the event where it matters. */
export function call(eventSource: string, eventName: string, more: TrailEvent = {}): TrailEvent {
  return { ...CALL, eventSource, eventName, ...more };
}

/** One event for each of some calls. */
export function eachOf(calls: ReadonlyArray<readonly [service: string, ...names: string[]]>): readonly TrailEvent[] {
  return calls.flatMap(([service, ...names]) => names.map((name) => call(`${service}.amazonaws.com`, name)));
}

/** A call by the root user. */
export function byRoot(eventSource: string, eventName: string, more: TrailEvent = {}, identity: TrailEvent = {}): TrailEvent {
  return call(eventSource, eventName, { userIdentity: { ...ROOT, ...identity }, ...more });
}

/** How somebody signed in to the console (AWS CloudTrail User Guide, "AWS Management Console sign-in events"). */
export interface SignIn {
  readonly by: 'Root' | 'IAMUser' | 'AssumedRole';
  readonly mfaUsed: 'Yes' | 'No';
  readonly outcome: 'Success' | 'Failure';
}

/** A sign-in to the console, or an attempt. */
export function signIn({ by, mfaUsed, outcome }: SignIn): TrailEvent {
  const userIdentity = by === 'Root' ? ROOT : by === 'IAMUser' ? USER : CALL.userIdentity;
  return call('signin.amazonaws.com', 'ConsoleLogin', {
    userIdentity,
    ...(outcome === 'Failure' && { errorMessage: 'Failed authentication' }),
    responseElements: { ConsoleLogin: outcome },
    additionalEventData: { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', MFAUsed: mfaUsed },
    eventType: 'AwsConsoleSignIn',
  });
}
