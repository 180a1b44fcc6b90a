import { IResolvable, Lazy } from 'aws-cdk-lib';

/**
 * Changes a property once it is known, at synthesis, so that lists which an L2 still fills keep what is added later.
 *
 * A value that only deployment decides (`Fn::If`) is left as it is: a change would have to guess at its branches.
 */
export function amended<T extends object>(current: T | IResolvable | undefined, change: (value: T | undefined) => T): IResolvable {
  return Lazy.uncachedAny({
    produce: (context) => {
      const value: unknown = context.resolve(current);
      return isIntrinsic(value) ? value : change(value as T | undefined);
    },
  });
}

/** Whether a resolved value is an intrinsic function, whose result only deployment knows. */
export function isIntrinsic(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
