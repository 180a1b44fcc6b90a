import type { JwtScheme } from './scheme';
import { outsideWindow } from './timestamps';
import { Refused } from './verdict';

/** Judges the times of a JWT (RFC 7519, 4.1.4 to 4.1.6), and gives when it was issued, if it says so. */
export function jwtTime(payload: Readonly<Record<string, unknown>>, scheme: JwtScheme, nowSeconds: number): number | Refused | undefined {
  const { time, toleranceSeconds } = scheme;
  const { iat, nbf, exp } = { iat: undefined, nbf: undefined, exp: undefined, ...payload };
  if (![iat, nbf, exp].every((date) => date === undefined || Number.isFinite(date))) return new Refused('malformed-timestamp');
  if (({ iat, exp })[time] === undefined) return new Refused('malformed-timestamp');
  const [issued, begins, ends] = [iat, nbf, exp] as readonly (number | undefined)[];
  if (ends !== undefined && nowSeconds > ends + toleranceSeconds) return new Refused('stale');
  if (Math.max(begins ?? -Infinity, issued ?? -Infinity) > nowSeconds + toleranceSeconds) return new Refused('premature');
  return time === 'iat' ? outsideWindow(issued!, nowSeconds, toleranceSeconds) ?? issued : issued;
}
