import { Graph, Resource } from '../graph';
import { compliant, notApplicable, Rule, violation } from '../rule';

/** What can be no part of an SFTP setup without somebody asking for its private keys. */
const TYPES = ['AWS::Transfer::Server', 'AWS::Transfer::HostKey', 'AWS::Transfer::Connector'];

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-/;

/** Base64 of `-----BEGIN`, as far as it is the same for whatever follows. */
const ENCODED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]*/g;

/** Checks `SFTP-PRIVATE-KEY`: resources, outputs, metadata, parameters and mappings alike. No message repeats a value. */
export const sftpPrivateKey: Rule = {
  control: 'SFTP-PRIVATE-KEY',
  check(resource, graph) {
    const [first] = graph.ofType(...TYPES).filter(({ template }) => template === resource.template);
    if (first !== resource) return notApplicable(`${first.logicalId} stands for the template`);
    const places = placesIn(resource, graph);
    return places.length === 0 ? compliant('no text of the template is a private key')
      : places.map((place) => violation(`PrivateKey::${place}`, `${place} holds a private key, which everybody reads who may see the stack`));
  },
};

function placesIn({ template: name }: Resource, graph: Graph): readonly string[] {
  const places: string[] = [];
  // An alias of YAML stands for the same object again.
  const seen = new Set<unknown>();
  const open: Array<{ readonly path: string; readonly value: unknown }> = [{ path: '', value: graph.sources.find((source) => source.name === name)?.template }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string') {
      if (holdsKey(value)) places.push(path);
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      Object.entries(value).forEach(([key, each]) => open.push({ path: path === '' ? key : `${path}.${key}`, value: each }));
    }
  }
  return places.sort();
}

function holdsKey(text: string): boolean {
  return PRIVATE_KEY.test(text) || (text.match(ENCODED) ?? []).some((encoded) => PRIVATE_KEY.test(Buffer.from(encoded, 'base64').toString('latin1')));
}
