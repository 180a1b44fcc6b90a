import { coversAny, judgeKeyAllows, USE_ACTIONS } from './key-statements';
import { Graph, Resource } from '../graph';
import { narrowedBy } from '../narrowing';
import { cannotTell, Rule, violation } from '../rule';
import { at, describe, listOf } from '../values';

const SOURCE_KEYS = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'kms:encryptioncontext:*'];

/** Types that name a key without encrypting anything under it. */
const MERE_MENTIONS = /^AWS::(IAM|CloudFormation|SSM)::|^AWS::KMS::|Policy$|^AWS::Lambda::Permission$/;

/** Checks `KEY-SERVICE-SOURCE`. */
export const keyServiceSource: Rule = {
  control: 'KEY-SERVICE-SOURCE',
  check(key, graph) {
    return judgeKeyAllows(key, (allow) => {
      const narrowing = narrowedBy(allow, SOURCE_KEYS);
      if (narrowing === 'narrow' || !(coversAny(allow, USE_ACTIONS) || allow.partial)) return [];
      return allow.principals.flatMap((principal) => {
        if (principal.kind === 'unknown') return [cannotTell('UnresolvedPolicy', 'the template does not tell who is allowed', allow.path)];
        const service = describe(principal.value);
        if (principal.kind !== 'service' || (service === 'events.amazonaws.com' && servesEventTopics(key, graph))) return [];
        return [narrowing === 'open'
          ? violation(`Service::${service}`, `${service} may use the key for any account that it serves`, allow.path)
          : cannotTell(`Service::${service}`, `the template does not tell for whom ${service} may use the key`, allow.path)];
      });
    });
  },
};

/** EventBridge sends none of the source keys for an encrypted topic: with them, it drops the event. A key of such topics alone bounds the harm. */
function servesEventTopics(key: Resource, graph: Graph): boolean {
  const aliases = graph.ofType('AWS::KMS::Alias').filter((alias) => graph.find(alias.properties.TargetKeyId, 'AWS::KMS::Key') === key);
  const encrypted = [key, ...aliases].flatMap((named) => graph.referrers(named)).filter(({ type }) => !MERE_MENTIONS.test(type));
  const targets = graph.ofType('AWS::Events::Rule').flatMap((rule) => listOf(rule.properties.Targets)).map((target) => graph.find(at(target, 'Arn'), 'AWS::SNS::Topic'));
  return encrypted.every(({ type }) => type === 'AWS::SNS::Topic') && encrypted.some((topic) => targets.includes(topic));
}
