import { Refused } from './failures';
import { revokePast } from './revocation';
import type { RotationStep } from './rotation-event';
import type { Ports } from './rotator';
import { AWSCURRENT, AWSPENDING, AWSPREVIOUS, SecretState } from './secret-state';
import type { Settings } from './settings';
import { FINISH_WITHIN_MILLISECONDS, inOverlap } from './timetable';

/**
 * Takes one step of a rotation (AWS Secrets Manager User Guide, "Lambda rotation functions").
 *
 * A credential becomes current only when it works, and nothing that works is revoked here within its overlap: reconciliation does that.
 * Steps in the wrong order, repeated or late are refused or do nothing.
 */
export async function rotate(step: RotationStep, settings: Settings, ports: Ports): Promise<void> {
  if (step.secretArn !== settings.secretArn) throw new Refused('other-secret', 'this function rotates another secret');
  const state = await ports.store.state();
  const done = (reason: string) => ports.log({ outcome: 'rotated-step', reason, step: step.name, version: step.version });
  if (isCurrent(state, step.version)) return done('already-current');

  const content = await ports.store.tryContentOf(step.version);
  switch (step.name) {
    case 'createSecret':
      if (content !== undefined) return done('already-created');
      await create(step, state, settings, ports);
      return done('created');
    case 'setSecret':
      await ports.adapter.activate(step.version, required(content));
      return done('activated');
    case 'testSecret':
      // Turning rotation on without rotating tests a version that is taken away again (API Reference, "RotateSecret", RotateImmediately).
      if (content === undefined || content === await currentContent(state, ports)) return done('nothing-to-test');
      await ports.adapter.probe(step.version, content);
      return done('tested');
    case 'finishSecret':
      await finish(step, required(content), state, settings, ports);
      return done('finished');
  }
}

/** Whether the version is current already; refuses one that a rotation must not touch. */
function isCurrent(state: SecretState, version: string): boolean {
  if (!state.rotationEnabled) throw new Refused('rotation-disabled', 'rotation is not enabled for the secret');
  const stages = state.tryStagesOf(version);
  if (!stages) throw new Refused('unknown-version', 'the secret has no such version');
  if (stages.includes(AWSCURRENT)) return true;
  // The label may stay on a version after its rotation. Once another version took its place, this rotation must not bring it back.
  if (!stages.includes(AWSPENDING) || stages.includes(AWSPREVIOUS)) throw new Refused('not-pending', 'the version is not pending');
  return false;
}

async function create(step: RotationStep, state: SecretState, settings: Settings, ports: Ports): Promise<void> {
  refuseInOverlap(state, settings, ports);
  await revokePast(state, settings, ports); // a provider may allow two credentials, and the overlap of the older one is over
  await ports.store.storePending(step.version, await ports.adapter.issue(step.version), step.rotationToken);
}

async function finish(step: RotationStep, content: string, state: SecretState, settings: Settings, ports: Ports): Promise<void> {
  const createdAt = state.tryCreatedAt(step.version) ?? -Infinity;
  if (ports.now() - createdAt > FINISH_WITHIN_MILLISECONDS) throw new Refused('too-late', 'the version is too old to become current; rotate again');
  refuseInOverlap(state, settings, ports);
  await ports.adapter.probe(step.version, content); // whoever calls steps out of order must not make current what does not work
  await ports.store.makeCurrent(step.version, state.tryVersionWith(AWSCURRENT));
}

/** Two overlaps at once would end the first one early, since only one version is the previous one. */
function refuseInOverlap(state: SecretState, { overlapMilliseconds }: Settings, ports: Ports): void {
  if (inOverlap(state, overlapMilliseconds, ports.now())) {
    throw new Refused('overlap-runs', 'the previous credential is still within its overlap; rotate again when it has ended');
  }
}

async function currentContent(state: SecretState, ports: Ports): Promise<string | undefined> {
  const current = state.tryVersionWith(AWSCURRENT);
  return current === undefined ? undefined : ports.store.tryContentOf(current);
}

function required(content: string | undefined): string {
  if (content === undefined) throw new Refused('empty-version', 'the version is empty; its creation has to come first');
  return content;
}
