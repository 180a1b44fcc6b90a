import { Mixin } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, isIntrinsic, render, RenderedResource, valueAt } from '../../private';

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };

/** Longest lives (RFC 6750, 5.3: an hour; Amazon Cognito's own 30 days), in the units that hold where a client states none. */
const LONGEST = {
  Access: { amount: 1, unit: 'hours' },
  Id: { amount: 1, unit: 'hours' },
  Refresh: { amount: 30, unit: 'days' },
};

type Kind = keyof typeof LONGEST;

/**
 * Shortens the tokens of a client, lets them be revoked, and keeps answers from telling who exists. Applies control `COGNITO-CLIENT-TOKENS`.
 *
 * Access and ID tokens live for an hour at most, refresh tokens for 30 days. Shorter lives that the client states are kept.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.UserPoolClientTokens());
 */
export class UserPoolClientTokens extends Mixin {
  public supports(construct: IConstruct): construct is cognito.CfnUserPoolClient {
    return cognito.CfnUserPoolClient.isCfnUserPoolClient(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const told = render(construct);
    const [access, id, refresh] = [shortened(told, 'Access'), shortened(told, 'Id'), shortened(told, 'Refresh')];
    construct.accessTokenValidity = access.amount;
    construct.idTokenValidity = id.amount;
    construct.refreshTokenValidity = refresh.amount;
    construct.tokenValidityUnits = { accessToken: access.unit, idToken: id.unit, refreshToken: refresh.unit };
    construct.enableTokenRevocation = true;
    construct.preventUserExistenceErrors = 'ENABLED';
    guardAgainstUndoing(construct, {
      control: 'COGNITO-CLIENT-TOKENS',
      mixin: 'api.mixins.UserPoolClientTokens',
      demand: "access and ID tokens must live for an hour at most and refresh tokens for 30 days, 'EnableTokenRevocation' be true and 'PreventUserExistenceErrors' ENABLED",
      holds: (rendered) => Object.keys(LONGEST).every((kind) => isShort(rendered, kind as Kind))
        && rendered.Properties?.EnableTokenRevocation === true && rendered.Properties.PreventUserExistenceErrors === 'ENABLED',
    });
  }
}

/** The life that a client states, in its units; the longest where it states none, a longer one, or one that only deployment tells. */
function shortened(rendered: RenderedResource, kind: Kind): { amount: number; unit: string } {
  return isShort(rendered, kind) ? { amount: amountOf(rendered, kind) as number, unit: unitOf(rendered, kind) as string } : LONGEST[kind];
}

function isShort(rendered: RenderedResource, kind: Kind): boolean {
  const amount = amountOf(rendered, kind);
  const unit = unitOf(rendered, kind);
  // Amazon Cognito takes 0 for its default.
  return typeof amount === 'number' && amount > 0 && typeof unit === 'string' && amount * SECONDS[unit] <= LONGEST[kind].amount * SECONDS[LONGEST[kind].unit];
}

function amountOf({ Properties }: RenderedResource, kind: Kind): unknown {
  return Properties?.[`${kind}TokenValidity`];
}

function unitOf({ Properties }: RenderedResource, kind: Kind): unknown {
  const units = Properties?.TokenValidityUnits;
  return isIntrinsic(units) ? undefined : valueAt(units, `${kind}Token`) ?? LONGEST[kind].unit;
}
