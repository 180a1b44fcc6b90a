import { Input, ServiceError } from './service';

/** One version of the secret; without content as long as rotation has only announced it. */
export interface Version { stages: string[]; created: number; content?: string }

/** A secret as Secrets Manager keeps it. Plain data, so that a state can be compared and kept. */
export interface Secret {
  arn: string;
  rotationEnabled: boolean;
  changed: number;
  lastRotated?: number;
  versions: Record<string, Version>;
}

/**
 * Answers as Secrets Manager does for one secret (API Reference of each operation), dates in milliseconds.
 *
 * A listing has two versions a page, and leaves out what rotation has only announced.
 */
export function callSecretsManager(secret: Secret, operation: string, input: Input, now: number): Record<string, unknown> {
  if (input.SecretId !== secret.arn) throw new ServiceError('ResourceNotFoundException');
  const labelled = Object.entries(secret.versions).filter(([, { stages }]) => stages.length > 0);
  switch (operation) {
    case 'DescribeSecret':
      return {
        ARN: secret.arn,
        RotationEnabled: secret.rotationEnabled,
        LastChangedDate: secret.changed,
        LastRotatedDate: secret.lastRotated,
        VersionIdsToStages: Object.fromEntries(labelled.map(([id, { stages }]) => [id, stages])),
      };
    case 'ListSecretVersionIds': {
      const listed = labelled.filter(([, { content }]) => content !== undefined);
      const from = Number(input.NextToken ?? 0);
      return {
        Versions: listed.slice(from, from + 2).map(([id, { stages, created }]) => ({ VersionId: id, VersionStages: stages, CreatedDate: created })),
        ...listed.length > from + 2 ? { NextToken: String(from + 2) } : {},
      };
    }
    case 'GetSecretValue': {
      const version = secret.versions[input.VersionId as string];
      if (version?.content === undefined) throw new ServiceError('ResourceNotFoundException');
      return { VersionId: input.VersionId, SecretString: version.content, CreatedDate: version.created, VersionStages: version.stages };
    }
    case 'PutSecretValue':
      return put(secret, input, now);
    case 'UpdateSecretVersionStage':
      return moveStage(secret, input, now);
    default:
      throw new Error(`the fake does not know ${operation}`);
  }
}

/** What RotateSecret does before it calls the function: announces a version, unless a rotation is under way. */
export function announce(secret: Secret, id: string, now: number): boolean {
  const pending = holderOf(secret, 'AWSPENDING');
  if (pending !== undefined && pending !== holderOf(secret, 'AWSCURRENT')) return false;
  steal(secret, id, now);
  return true;
}

/** The same for a second RotateSecret that looked at the same time as the first, which the service need not prevent. */
export function steal(secret: Secret, id: string, now: number): void {
  secret.versions[id] = { stages: [], created: now };
  attach(secret, 'AWSPENDING', id);
  secret.changed = now;
}

export function holderOf(secret: Secret, stage: string): string | undefined {
  return Object.entries(secret.versions).find(([, { stages }]) => stages.includes(stage))?.[0];
}

function put(secret: Secret, input: Input, now: number): Record<string, unknown> {
  const id = input.ClientRequestToken as string;
  const known = secret.versions[id];
  if (known?.content !== undefined) {
    if (known.content !== input.SecretString) throw new ServiceError('ResourceExistsException');
    return { VersionId: id };
  }
  secret.versions[id] = { stages: known?.stages ?? [], created: now, content: input.SecretString as string };
  for (const stage of input.VersionStages as string[] | undefined ?? ['AWSCURRENT']) attach(secret, stage, id);
  secret.changed = now;
  return { VersionId: id };
}

function moveStage(secret: Secret, { VersionStage, MoveToVersionId, RemoveFromVersionId }: Input, now: number): Record<string, unknown> {
  const stage = VersionStage as string;
  const holder = holderOf(secret, stage);
  if (holder !== RemoveFromVersionId && holder !== MoveToVersionId) throw new ServiceError('InvalidParameterException');
  if (RemoveFromVersionId !== undefined && !secret.versions[RemoveFromVersionId as string]?.stages.includes(stage)) {
    throw new ServiceError('InvalidParameterException');
  }
  if (MoveToVersionId === undefined) {
    if (stage === 'AWSCURRENT') throw new ServiceError('InvalidParameterException');
    detach(secret, stage);
  } else {
    if (secret.versions[MoveToVersionId as string]?.content === undefined) throw new ServiceError('ResourceNotFoundException');
    attach(secret, stage, MoveToVersionId as string);
  }
  secret.changed = now;
  return { ARN: secret.arn };
}

/** A label is on one version at most, and the version that AWSCURRENT leaves becomes AWSPREVIOUS. */
function attach(secret: Secret, stage: string, id: string): void {
  const from = holderOf(secret, stage);
  if (from === id) return;
  detach(secret, stage);
  secret.versions[id].stages.push(stage);
  secret.versions[id].stages.sort();
  if (stage === 'AWSCURRENT' && from !== undefined) attach(secret, 'AWSPREVIOUS', from);
}

function detach(secret: Secret, stage: string): void {
  for (const version of Object.values(secret.versions)) version.stages = version.stages.filter((other) => other !== stage);
}
