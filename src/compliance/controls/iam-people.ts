import { Control } from '../control';

/** Controls of AWS IAM roles that people take on. */
export const IAM_PEOPLE_CONTROLS: readonly Control[] = [
  {
    id: 'BREAK-GLASS-ALARM',
    title: 'Whoever takes on a break-glass role is heard',
    rationale: 'A role for emergencies is the one that an intruder wants; its use has to wake somebody, every time.',
    remedy: 'Add a metric filter on the log of the trail that matches AssumeRole of the role, with an alarm that acts, or an EventBridge rule on that call with a target.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::IAM::Role'],
    findings: {
      Unheard: 'Nobody is told when the role is taken on.',
      UnresolvedWatch: 'The template does not tell whether somebody is told when the role is taken on.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '10.2.1.2' },
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(ii)' },
      { framework: 'NIST 800-53r5', clause: 'AU-6' },
    ],
    source: 'AWS Well-Architected Framework, Security Pillar, SEC03-BP03 Establish emergency access process',
    mixin: { impossible: 'Filters, alarms and rules are resources of their own; access.BreakGlassRole and audit.Detections make them.' },
  },
  {
    id: 'BREAK-GLASS-ROLE',
    title: 'A break-glass role has no rights until somebody gives them, and takes nobody without a name',
    rationale: 'A role for emergencies that holds its rights all the time is an administrator that nobody counts; a session without a source identity is nobody\'s.',
    remedy: 'Give the role no policy and a PermissionsBoundary, ask in AssumeRolePolicyDocument for aws:MultiFactorAuthPresent and sts:SourceIdentity, and leave MaxSessionDuration at 3600; rights are given for the emergency alone.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::IAM::Role'],
    findings: {
      NoBoundary: 'The role has no permissions boundary, so that an emergency can give it every right.',
      StandingRights: 'The role holds rights without anybody having declared an emergency.',
      NoSourceIdentity: 'The role can be taken on without a source identity.',
      NoMfa: 'IAM users can take on the role without MFA.',
      LongSession: 'A session of the role can last longer than an hour.',
      UnresolvedRole: 'The template does not tell what the role holds or who takes it on.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '7.2.5' },
      { framework: 'PCI DSS 4.0.1', clause: '8.4.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(ii)' },
      { framework: 'NIST 800-53r5', clause: 'AC-2' },
    ],
    source: 'AWS Well-Architected Framework, Security Pillar, SEC03-BP03; AWS IAM User Guide, Monitor and control actions taken with assumed roles',
    mixin: { impossible: 'What gives the role its rights in an emergency is not in the role; access.BreakGlassRole is such a role.' },
  },
  {
    id: 'ROLE-DECRYPT-CONTEXT',
    title: 'People decrypt only what a context or a service names',
    rationale: 'The plain right to decrypt opens every ciphertext under the key, copied ones too, whatever stands before the data it came from.',
    remedy: 'Add a condition on kms:EncryptionContext:… or kms:ViaService to each statement that allows kms:Decrypt to a role that people take on.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::IAM::Role'],
    findings: {
      DecryptAnything: 'The role, which people take on, can decrypt whatever the key encrypted.',
      UnresolvedRights: 'The template does not tell what the role, which people take on, can decrypt.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '3.4.1' },
      { framework: 'PCI DSS 4.0.1', clause: '7.2.5' },
      { framework: 'NIST 800-53r5', clause: 'AC-6' },
    ],
    source: 'AWS KMS Developer Guide, Encryption context; AWS KMS condition keys: kms:ViaService',
    mixin: { impossible: 'What the role is to decrypt is not in the resource: a mixin cannot guess narrower rights.' },
  },
  {
    id: 'ROLE-SESSION',
    title: 'A privileged session of people ends within an hour',
    rationale: 'Who was let in keeps the rights until the session ends, whatever is taken from them meanwhile; what was copied from a laptop works as long.',
    remedy: 'Set MaxSessionDuration to 3600, or leave it out.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::IAM::Role'],
    findings: {
      TooLong: 'A session of the privileged role can last longer than an hour.',
      UnresolvedDuration: 'The template does not tell how long a session lasts, or whether the role is privileged.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '7.2.5' },
      { framework: 'NIST 800-53r5', clause: 'AC-12' },
    ],
    source: 'AWS IAM User Guide, Update the maximum session duration for a role',
    mixin: { name: 'access.mixins.RoleSession' },
  },
];
