import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';

/** What can be no part of an SFTP setup without somebody asking for its private keys. */
const TYPES = ['AWS::Transfer::Server', 'AWS::Transfer::HostKey', 'AWS::Transfer::Connector'];

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-/;

/** Base64 of `-----BEGIN`, as far as it is the same for whatever follows. */
const ENCODED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]*/g;

/**
 * Checks `SFTP-PRIVATE-KEY`. No message repeats a value.
 *
 * Each resource answers for itself, and the first of a template for the rest of it: other resources, outputs, metadata, parameters, mappings.
 */
export const sftpPrivateKey: Rule = {
  control: 'SFTP-PRIVATE-KEY',
  check(resource, graph) {
    const governed = graph.ofType(...TYPES).filter(({ template }) => template === resource.template);
    const others = new Set(governed.filter((each) => each !== resource).map(pathOf));
    const found = judge(templateOf(resource, graph), (path) => (governed[0] === resource ? !others.has(path) : within(path, pathOf(resource))));
    return found.length > 0 ? found : compliant('no text is a private key');
  },
};

function templateOf({ template }: Resource, graph: Graph): unknown {
  return graph.sources.find(({ name }) => name === template)?.template;
}

function pathOf({ logicalId }: Resource): string {
  return `Resources.${logicalId}`;
}

/** Whether a path is on the way to another one, or beyond it. */
function within(path: string, other: string): boolean {
  return path === '' || `${other}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${other}.`);
}

function judge(template: unknown, isOurs: (path: string) => boolean): readonly Outcome[] {
  const found: Outcome[] = [];
  // An alias of YAML stands for the same object again.
  const seen = new Set<unknown>();
  const open: Array<{ readonly path: string; readonly value: unknown }> = [{ path: '', value: template }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (!isOurs(path)) continue;
    if (typeof value === 'string') {
      if (holdsKey(value)) found.push(violation(`PrivateKey::${path}`, `${path} holds a private key, which everybody reads who may see the stack`));
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      if ('Fn::Transform' in value) found.push(cannotTell(`UnresolvedText::${path}`, `a macro writes a part of ${path}`));
      Object.entries(value).forEach(([key, each]) => open.push({ path: path === '' ? key : `${path}.${key}`, value: each }));
    }
  }
  return found;
}

function holdsKey(text: string): boolean {
  return PRIVATE_KEY.test(text) || (text.match(ENCODED) ?? []).some((encoded) => PRIVATE_KEY.test(Buffer.from(encoded, 'base64').toString('latin1')));
}
