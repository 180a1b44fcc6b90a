import { CfnResource, Stack } from 'aws-cdk-lib';
import { acknowledgementsOn } from './acknowledgements';

/** A resource as its template will show it. */
export interface RenderedResource {
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** What a mixin did to a resource, and how the template shows that it still stands. */
export interface AppliedControl {
  /** Id of the control, for example `STORAGE-TLS`. */
  readonly control: string;
  /** The mixin as a user writes it, for example `storage.mixins.BucketTls`. */
  readonly mixin: string;
  /** What must hold, as a sentence without a period: "'VersioningConfiguration.Status' must be 'Enabled'". */
  readonly demand: string;
  holds(rendered: RenderedResource): boolean;
}

/**
 * Fails the synthesis where a control that a mixin applied does not hold in the end: a later line reset the property, an override hides it,
 * or an intrinsic function decides it.
 *
 * A mixin runs once, when it is applied; only the rendered resource tells what became of it. The CDK starts the message with the path of
 * the resource. A waiver of the control on the resource or above it silences the check, since the policy judges waivers.
 */
export function guardAgainstUndoing(resource: CfnResource, applied: AppliedControl): void {
  resource.node.addValidation({
    validate: () => (isWaived(resource, applied.control) || applied.holds(render(resource)) ? [] : [
      `${applied.control} does not hold although ${applied.mixin} applied it: ${applied.demand}; `
      + 'remove what undid it, or give the resource a waiver if the control allows one',
    ]),
  });
}

/** The resource as it will stand in the template, property overrides included. */
export function render(resource: CfnResource): RenderedResource {
  const { Resources } = Stack.of(resource).resolve(resource._toCloudFormation()) as { Resources: Record<string, RenderedResource> };
  return Object.values(Resources)[0];
}

/** Whether a rendered value of a resource is what `value`, often a token, renders to. */
export function rendersTo(resource: CfnResource, rendered: unknown, value: unknown): boolean {
  return JSON.stringify(rendered) === JSON.stringify(Stack.of(resource).resolve(value));
}

/** Follows a dotted path (`BucketEncryption.Rules.0.Id`) through a rendered value; undefined where a step is missing. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((current, step) => (typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[step] : undefined), value);
}

function isWaived(resource: CfnResource, control: string): boolean {
  return resource.node.scopes.some((scope) => acknowledgementsOn(scope).some(({ id }) => id.includes(`::${control}[`)));
}
