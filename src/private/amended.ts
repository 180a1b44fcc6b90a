import { IResolvable, Lazy } from 'aws-cdk-lib';

/** What becomes of a value that only deployment decides, such as `Fn::If`, whose branches a change would have to guess at. */
export enum Untold {
  /** It stays as it is, so that nothing in it is lost. */
  KEEP,
  /** The change starts from nothing and replaces it. */
  REPLACE,
}

/**
 * Changes a property once it is known, at synthesis, so that a list which an L2 still fills keeps what is added later.
 */
export function amended<T extends object>(
  current: T | IResolvable | undefined, change: (value: T | undefined) => T, untold = Untold.KEEP,
): IResolvable {
  return Lazy.uncachedAny({
    produce: (context) => {
      const value: unknown = context.resolve(current);
      if (!isIntrinsic(value)) return change(value as T | undefined);
      return untold === Untold.KEEP ? value : change(undefined);
    },
  });
}

/** Whether a resolved value is an intrinsic function, whose result only deployment knows. */
export function isIntrinsic(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
