import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { PRESET_FACTS, PresetFacts, PresetName } from './preset-facts';
import { membersOf, requireMembers, requireTolerance, secondsOf } from './scheme-members';
import { requireText } from './scheme-texts';
import { SECRET_FORMATS } from './secret-formats';
import { HttpMethod } from '../../api';
import { TimedSenderOptions } from '../sender-options';

type Settings = Readonly<Record<string, string>>;

/** What the verifier reads of a preset. */
export function presetDocument(preset: PresetName, { tolerance, ...members }: TimedSenderOptions, settings?: Settings): object {
  return { preset, ...tolerance && { toleranceSeconds: secondsOf(tolerance) }, ...membersOf(members), ...settings && { settings } };
}

/** A sender's scheme, which the verifier knows by name. */
export function presetScheme(scope: IConstruct, preset: PresetName, options: TimedSenderOptions, settings?: Settings): BoundScheme {
  const { key, signsTime, integrity, namesCertificate = false, requirements, hasClaims = false }: PresetFacts = PRESET_FACTS[preset];
  if (options.tolerance) requireTolerance(scope, options.tolerance);
  requireMembers(scope, options, hasClaims, requirements);
  for (const [name, value] of Object.entries(settings ?? {})) requireText(scope, name, 'value', value);
  return {
    document: presetDocument(preset, options, settings),
    signsTime,
    keys: namesCertificate ? 'certificate' : 'stored',
    httpMethods: preset === 'okta' ? [HttpMethod.POST, HttpMethod.GET] : [HttpMethod.POST],
    integrity,
    secretFormat: SECRET_FORMATS[key],
  };
}
