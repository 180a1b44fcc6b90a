import { Control } from '../control';

const RECEIVERS = ['AWS::Lambda::Function'];

/** Controls of webhooks. */
export const WEBHOOK_CONTROLS: readonly Control[] = [
  {
    id: 'WEBHOOK-REPLAY',
    title: 'A webhook that was sent before is not taken for a new one',
    rationale: 'A signature proves who wrote a delivery, and not that it was sent just now: whoever recorded one could have it processed again. A signed time bounds when, and the record of what was received does the rest.',
    remedy: 'Leave the tolerance of the signed time at 300 seconds or below. Where the sender signs no time, remember deliveries for at least 90 days, as long as a key lives.',
    severity: 'high',
    waivable: true,
    resourceTypes: RECEIVERS,
    findings: {
      LongTolerance: 'A delivery verifies for long after it was signed.',
      ShortMemory: 'The sender signs no time, and a delivery is forgotten while its signature still verifies.',
      UnresolvedScheme: 'The template does not tell how deliveries are verified.',
      UnresolvedEnvironment: 'The template does not tell whether the function receives webhooks.',
      UnresolvedRetention: 'The template does not tell for how long deliveries are remembered.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'SC-23' }],
    source: 'Standard Webhooks specification 1.0.0, verifying webhook authenticity: timestamps and replay attacks; Stripe Docs, "Receive Stripe events in your webhook endpoint", preventing replay attacks',
    mixin: { impossible: 'how deliveries are verified stands in a document that the code of the function reads' },
  },
  {
    id: 'WEBHOOK-SIGNATURE',
    title: 'A function that receives webhooks verifies a signature over the body',
    rationale: 'The URL of a webhook is open to anybody. Only a signature over the body tells an event of the sender from one that somebody made up; a password in a header says nothing of the body, and whoever sees one request can send any other.',
    remedy: 'Receive webhooks with a scheme that signs the body, and give the function its keys. Where the sender signs nothing, give SignatureScheme.staticSecretInsecure a waiver.',
    severity: 'critical',
    waivable: true,
    resourceTypes: RECEIVERS,
    findings: {
      StaticSecret: 'The sender proves itself by a password, and signs nothing.',
      BodyNotSigned: 'The signature does not cover the body, which could be any.',
      NoKeys: 'The function has no secret whose keys could verify a signature.',
      UnresolvedScheme: 'The template does not tell how deliveries are verified.',
      UnresolvedEnvironment: 'The template does not tell whether the function receives webhooks.',
    },
    requirements: [{ framework: 'HIPAA Security Rule', clause: '164.312(c)(1)' }, { framework: 'NIST 800-53r5', clause: 'IA-9' }],
    source: 'Standard Webhooks specification 1.0.0, verifying webhook authenticity; RFC 2104; RFC 9421',
    mixin: { impossible: 'the code of the function has to verify' },
  },
];
