import { Control } from '../control';

const SERVER = ['AWS::Transfer::Server'];
const WHOM_TO_TELL = 'whom to tell, and from how many on, is the owner\'s decision';

/** Controls of who hears of what happens at an SFTP server. */
export const SFTP_MONITORING_CONTROLS: readonly Control[] = [
  {
    id: 'SFTP-ADMIN-EVENT',
    title: 'Somebody is told when a server, its keys or its users are changed',
    rationale: 'Whoever imports a host key or a partner\'s key, or stops the server, does what an intruder would do. AWS CloudTrail has the call; without a rule nobody reads it in time.',
    remedy: 'Add a rule on AWS API Call via CloudTrail of aws.transfer with the names of the calls and a target. Where it leaves roles out, take in callers without a session issuer, too. The account needs a trail.',
    severity: 'medium',
    waivable: true,
    resourceTypes: SERVER,
    findings: {
      'Unheard::': 'No rule passes the call on, whoever makes it.',
      'UnresolvedRule::': 'The template does not tell whether a rule passes the call on.',
    },
    requirements: [
      { framework: 'NIST 800-53r5', clause: 'AU-6' },
      { framework: 'NIST 800-53r5', clause: 'CM-3' },
      { framework: 'SOC 2 TSC', clause: 'CC7.2' },
    ],
    source: 'Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"; AWS CloudTrail User Guide, "CloudTrail userIdentity element"',
    mixin: { impossible: WHOM_TO_TELL },
  },
  {
    id: 'SFTP-AUTH-ALARM',
    title: 'Somebody is told when many fail to get in',
    rationale: 'Guessed passwords, stolen keys and clients that a new policy shuts out show in the log of the server alone; the service has no metric of them.',
    remedy: 'Count AUTH_FAILURE, KEX_FAILURE, CONNECTION_REJECTED and ERROR of activity-type by metric filters without dimensions on the log group of the server, with an alarm that acts on each count.',
    severity: 'medium',
    waivable: true,
    resourceTypes: SERVER,
    findings: {
      'Unwatched::': 'No alarm with an action counts the entries.',
      'UnresolvedWatch::': 'The template does not tell whether an alarm counts the entries.',
    },
    requirements: [
      { framework: 'NIST 800-53r5', clause: 'SI-4' },
      { framework: 'NIST 800-53r5', clause: 'AU-6' },
      { framework: 'SOC 2 TSC', clause: 'CC7.2' },
    ],
    source: 'AWS Transfer Family User Guide, "Creating, updating, and viewing logs for Transfer Family servers"',
    mixin: { impossible: WHOM_TO_TELL },
  },
  {
    id: 'SFTP-FAILURE-EVENT',
    title: 'Somebody is told when a transfer fails',
    rationale: 'A file that arrived in part looks like a file. The service sends an event for each failure, which is lost where no rule takes it.',
    remedy: 'Add a rule on SFTP Server File Upload, Download, Delete and Rename Failed of aws.transfer, with a target and a dead-letter queue.',
    severity: 'medium',
    waivable: true,
    resourceTypes: SERVER,
    findings: {
      'Unheard::': 'No rule passes the failure on.',
      'UnresolvedRule::': 'The template does not tell whether a rule passes the failure on.',
    },
    requirements: [
      { framework: 'NIST 800-53r5', clause: 'SI-4' },
      { framework: 'SOC 2 TSC', clause: 'CC7.2' },
    ],
    source: 'Amazon EventBridge Events Reference, "AWS Transfer Family events"',
    mixin: { impossible: WHOM_TO_TELL },
  },
  {
    id: 'SFTP-KEY-AGE',
    title: 'Somebody is told when keys grow old',
    rationale: 'No key of SFTP has an end of its own. Without something that looks, the key of a partner who left years ago still opens the door, and nobody prepares the next host key.',
    remedy: 'Run a function from time to time that lists the host keys (transfer:ListHostKeys) and the keys of partners, where they are kept, with an alarm on its failures or on what it logs.',
    severity: 'medium',
    waivable: true,
    resourceTypes: SERVER,
    findings: {
      'Unwatched::': 'Nothing looks at the age of the keys, or no alarm tells what it finds.',
      'UnresolvedWatch::': 'The template does not tell whether something looks at the age of the keys.',
    },
    requirements: [
      { framework: 'NIST 800-53r5', clause: 'IA-5' },
      { framework: 'NIST 800-53r5', clause: 'SC-12' },
    ],
    source: 'AWS Transfer Family User Guide, "Rotate SSH keys" and "Rotate server host keys"',
    mixin: { impossible: 'where the keys of partners are kept, and how old they may be, is the owner\'s decision' },
  },
];
