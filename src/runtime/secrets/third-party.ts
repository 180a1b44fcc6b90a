import type { Adapter, Issued } from './adapter';
import { Refused } from './failures';
import { AWSCURRENT, AWSPENDING, AWSPREVIOUS, SecretState } from './secret-state';
import type { SecretStore } from './secret-store';
import { Answers, Credential, isCredential, isId, Question, readAnswer } from './third-party-contract';
import { membersIn } from '../shared/json-text';

/** Whose credential, and whom to ask. */
export interface ThirdPartyOptions {
  readonly secretArn: string;
  readonly store: SecretStore;
  /** Asks the function of the user; gives its answer as text, and throws what says no more than the name of an error. */
  readonly ask: (question: Question) => Promise<string>;
}

/**
 * A credential of a provider that only a function of the user knows.
 *
 * That function makes, tries and revokes credentials, and sees nothing of the secret: versions are stored and promoted here. The content
 * keeps the provider's id of the credential, so what was issued twice for a version is told apart: one is stored, the others are orphans. A
 * credential whose id is in a version with a label is never taken for anything else, whatever the function says of it.
 */
export function thirdParty({ secretArn, store, ask }: ThirdPartyOptions): Adapter {
  const secretName = secretArn.slice(secretArn.indexOf(':secret:') + ':secret:'.length, -'-AbCdEf'.length);

  return {
    async issue(version) {
      const { id, credential } = await answered({ action: 'issue', secretName, version });
      // Of this version it may be, where another invocation was faster and the function of the user answers the same again.
      const holder = (await storedIds(await store.state())).get(id);
      if (holder !== undefined && holder !== version) throw new Refused('id-in-use', 'what was issued is a credential that the secret holds already');
      return JSON.stringify({ credential, id, kid: version });
    },

    async activate(version, content) {
      await answered({ action: 'activate', secretName, version, ...issuedIn(content, version) });
    },

    async probe(version, content) {
      const { works } = await answered({ action: 'probe', secretName, version, ...issuedIn(content, version) });
      if (!works) throw new Refused('credential-does-not-work', 'the provider does not accept the credential; rotate again');
    },

    async list() {
      const state = await store.state();
      const { issued } = await answered({ action: 'list', secretName });
      if (issued.length < 2) return []; // the last one stays, whosever it is
      const stored = await storedIds(state);
      const known = new Set(stored.values());
      return issued.map(({ id, version, createdAt }): Issued => ({
        id,
        version: stored.get(id) ?? (known.has(version) ? `orphan of ${version}` : version),
        createdAt: Date.parse(createdAt),
      }));
    },

    revoke: async ({ id, version }) => (await answered({ action: 'revoke', secretName, version, id })).became,
  };

  async function answered<Q extends Question>(question: Q): Promise<Answers[Q['action']]> {
    return readAnswer<Q['action']>(question.action, await ask(question));
  }

  /** Versions by the id of the credential that they hold. */
  async function storedIds(state: SecretState): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    for (const stage of [AWSPREVIOUS, AWSPENDING, AWSCURRENT]) {
      const version = state.tryVersionWith(stage);
      const held = version === undefined ? undefined : tryIssuedIn(await store.tryContentOf(version) ?? '', version);
      if (held) ids.set(held.id, version!);
    }
    return ids;
  }
}

function issuedIn(content: string, version: string): { readonly id: string; readonly credential: Credential } {
  const held = tryIssuedIn(content, version);
  if (!held) throw new Refused('unknown-content', 'the version holds something that rotation did not make for it');
  return held;
}

function tryIssuedIn(content: string, version: string): { readonly id: string; readonly credential: Credential } | undefined {
  const { id, credential, kid, ...more } = membersIn(content);
  return isId(id) && isCredential(credential) && kid === version && Object.keys(more).length === 0 ? { id, credential } : undefined;
}
