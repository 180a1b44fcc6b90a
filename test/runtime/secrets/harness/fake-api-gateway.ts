import { Input, ServiceError } from './service';

/** A key as API Gateway keeps it. */
export interface Key {
  id: string;
  name: string;
  value: string;
  enabled: boolean;
  created: number;
  updated: number;
  tags: Record<string, string>;
  plans: string[];
}

/** Answers as API Gateway does for keys and their usage plans (API Reference of each operation), dates in milliseconds, two keys a page. */
export function callApiGateway(keys: Key[], operation: string, input: Input, now: number): Record<string, unknown> {
  switch (operation) {
    case 'GetApiKeys': {
      const listed = keys.filter(({ name }) => name.startsWith(input.nameQuery as string));
      const from = Number(input.position ?? 0);
      return { items: listed.slice(from, from + 2).map(shown), ...listed.length > from + 2 ? { position: String(from + 2) } : {} };
    }
    case 'CreateApiKey': {
      if (keys.some(({ value }) => value === input.value)) throw new ServiceError('ConflictException', `API Key ${input.value} already exists`);
      const id = freshId(keys);
      const { name, value, enabled, tags } = input as unknown as Key;
      keys.push({ id, name, value, enabled, tags, created: now, updated: now, plans: [] });
      return { ...shown(keys[keys.length - 1]), value };
    }
    case 'CreateUsagePlanKey': {
      const key = existing(keys, input.keyId);
      if (key.plans.includes(input.usagePlanId as string)) throw new ServiceError('ConflictException', `Usage Plan has ${key.value}`);
      key.plans.push(input.usagePlanId as string);
      return { id: key.id, value: key.value };
    }
    case 'GetUsagePlanKey': {
      const key = existing(keys, input.keyId);
      if (!key.plans.includes(input.usagePlanId as string)) throw new ServiceError('NotFoundException');
      return { id: key.id, value: key.value };
    }
    case 'UpdateApiKey': {
      const key = existing(keys, input.apiKey);
      const [{ op, path, value }] = input.patchOperations as [Record<string, string>];
      if (op !== 'replace' || path !== '/enabled') throw new ServiceError('BadRequestException');
      Object.assign(key, { enabled: value === 'true', updated: now });
      return shown(key);
    }
    case 'DeleteApiKey':
      keys.splice(keys.indexOf(existing(keys, input.apiKey)), 1);
      return {};
    default:
      throw new Error(`the fake does not know ${operation}`);
  }
}

function existing(keys: readonly Key[], id: unknown): Key {
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) throw new ServiceError('NotFoundException');
  return key;
}

/** The same ids for the same history, so that equal states are equal. */
function freshId(keys: readonly Key[]): string {
  return ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9'].find((id) => !keys.some((key) => key.id === id))!;
}

const shown = ({ id, name, enabled, created, updated, tags }: Key) => ({ id, name, enabled, createdDate: created, lastUpdatedDate: updated, tags });
