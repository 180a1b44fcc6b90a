import { Graph, Resource } from '../graph';
import { functionOf } from '../lambda/functions';
import { notApplicable, Rule } from '../rule';
import { at, listOf, Value } from '../values';

/** The resource type of servers of AWS Transfer Family. */
export const SERVER = 'AWS::Transfer::Server';

/** The server that a value of the template `home` names: by its id, by its ARN, or by an ARN that holds its id. */
export function serverOf(value: Value, home: string, graph: Graph): Resource | undefined {
  return graph.find(value, SERVER, home);
}

/** Resources of a type, such as host keys and users, whose `ServerId` names the server. */
export function partsOfServer(server: Resource, type: string, graph: Graph): readonly Resource[] {
  return graph.grouped('by server', type, ({ properties, template }) => serverOf(properties.ServerId, template, graph)).get(server) ?? [];
}

/** Whether the server is told to be reached from the internet without a network of the account's own; its absence means so too. */
export function isPublic({ properties }: Resource): boolean {
  return properties.EndpointType === undefined || properties.EndpointType === 'PUBLIC';
}

/** A rule of what SFTP needs, which does not concern a server that speaks AS2 alone: that has messages, and no logins and no files of users. */
export function ofSftp(rule: Rule): Rule {
  return {
    control: rule.control,
    check(resource, graph) {
      const protocols = resource.type === SERVER ? listOf(resource.properties.Protocols) : [];
      return protocols.length > 0 && protocols.every((protocol) => protocol === 'AS2') ? notApplicable('the server speaks AS2 alone') : rule.check(resource, graph);
    },
  };
}

/** The function that decides who may sign in at a server, where there is one and the graph has it. */
export function identityProviderOf(server: Resource, graph: Graph): Resource | undefined {
  return functionOf(at(server.properties, 'IdentityProviderDetails.Function'), server.template, graph);
}

/** The servers at which a function decides who may sign in. */
export function serversOfProvider(func: Resource, graph: Graph): readonly Resource[] {
  return graph.grouped('by identity provider', SERVER, (server) => identityProviderOf(server, graph)).get(func) ?? [];
}

/** The log group to which a server writes its structured log, where the graph has it; a server has one destination at most. */
export function logGroupOf(server: Resource, graph: Graph): Resource | undefined {
  const [destination] = listOf(server.properties.StructuredLogDestinations);
  return graph.find(destination, 'AWS::Logs::LogGroup', server.template);
}
