import { receiverBehind } from './receivers';
import { answersByItself, partsOf, restApiOf } from '../apigateway/apis';
import { Graph, Resource } from '../graph';
import { describe, isUnknown, Text } from '../values';

const ACL = 'AWS::WAFv2::WebACL';
const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';
const STAGE = 'AWS::ApiGateway::Stage';

/** What a web ACL stands in front of: receivers of webhooks alone, or other things as well; `untold` where receivers are all that the templates tell. */
export type Guarded = 'receivers' | 'others' | 'untold';

/** What a rule says where that is untold. */
export const UNTOLD_GUARDED = 'the template does not tell of each association which web ACL it is of, so that this one may guard more than receivers of webhooks';

/**
 * What a web ACL stands in front of.
 *
 * Receivers judge a body by its signature before they read anything of it, and bound it. A rule of the web ACL that blocks a body for how it looks
 * would lose an event that quotes a script or a query, and an event that is lost is not sent again for ever. What the templates do not tell is no
 * receiver, and an association of which they do not tell the web ACL may be this one's.
 */
export function guardedBy(acl: Resource, graph: Graph): Guarded {
  const associations = graph.grouped('by web ACL', ASSOCIATION, ({ properties }) => graph.find(properties.WebACLArn, ACL)).get(acl) ?? [];
  const stages = associations.map((association) => stageOf(association, graph));
  if (stages.length === 0 || !stages.every((stage) => stage !== undefined && hasReceiversAlone(stage, graph))) return 'others';
  return graph.ofType(ASSOCIATION).some(({ properties }) => isUnknown(properties.WebACLArn)) ? 'untold' : 'receivers';
}

function hasReceiversAlone(stage: Resource, graph: Graph): boolean {
  const api = restApiOf(stage, graph);
  if (!api || ['Body', 'BodyS3Location'].some((name) => api.properties[name] !== undefined)) return false;
  const methods = partsOf(api, 'AWS::ApiGateway::Method', graph).filter((method) => !answersByItself(method));
  return methods.length > 0 && methods.every((method) => receiverBehind(method, graph));
}

function stageOf({ properties }: Resource, graph: Graph): Resource | undefined {
  const { ResourceArn: arn } = properties;
  if (isUnknown(arn)) return undefined;
  return graph.find(arn, STAGE) ?? graph.ofType(STAGE).find(({ properties: { RestApiId, StageName } }) =>
    (arn instanceof Text || typeof arn === 'string') && describe(arn).endsWith(`/restapis/${describe(RestApiId)}/stages/${describe(StageName)}`));
}
