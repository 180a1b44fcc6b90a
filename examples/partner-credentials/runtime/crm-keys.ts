import { Crm } from './crm';

/** What the function that rotates the secret asks (README of `secrets`, "Credentials whose provider is elsewhere"). */
export type Question =
  | { readonly action: 'issue'; readonly secretName: string; readonly version: string }
  | { readonly action: 'activate' | 'probe'; readonly id: string; readonly credential: { readonly key: string } }
  | { readonly action: 'list'; readonly secretName: string }
  | { readonly action: 'revoke'; readonly secretName: string; readonly id: string };

/** What the handler needs of the world. */
export interface Ports {
  readonly crm: Crm;
  /** In milliseconds since 1970. */
  now(): number;
}

/** How long a key is disabled before it is deleted, for somebody to enable it again where a consumer still had it. */
const DISABLED_FOR = 24 * 60 * 60 * 1000;

/**
 * Builds the handler that makes, tries and revokes keys of the CRM. Writes nothing to any log, since questions and answers have values.
 *
 * A question that comes again makes one more key at worst, which `list` names and the function that rotates has revoked.
 */
export function crmKeys({ crm, now }: Ports) {
  return async (question: Question): Promise<object> => {
    switch (question.action) {
      case 'issue': {
        const { id, key } = await crm.create(question.secretName, question.version);
        return { id, credential: { key } };
      }
      case 'activate':
        await crm.enable(question.id);
        return {};
      case 'probe':
        return { works: await crm.accepts(question.credential.key) };
      case 'list': {
        const keys = await crm.list(question.secretName);
        return { issued: keys.map(({ id, reference, createdAt }) => ({ id, version: reference, createdAt })) };
      }
      case 'revoke':
        return { became: await revoke(crm, question.secretName, question.id, now()) };
      default:
        throw new UnknownQuestion();
    }
  };
}

async function revoke(crm: Crm, name: string, id: string, now: number): Promise<'disabled' | 'deleted' | 'waiting'> {
  const key = (await crm.list(name)).find((each) => each.id === id);
  if (key?.enabled) {
    await crm.disable(id);
    return 'disabled';
  }
  if (key?.disabledAt !== undefined && now - Date.parse(key.disabledAt) < DISABLED_FOR) return 'waiting';
  if (key) await crm.remove(id);
  return 'deleted';
}

class UnknownQuestion extends Error { public override readonly name = 'UnknownQuestion'; }
