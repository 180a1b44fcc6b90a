import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { PRESET_FACTS, PresetFacts, PresetName } from './preset-facts';
import { maxBodyBytes, requirements, requireText, toleranceSeconds } from './scheme-checks';
import { SECRET_FORMATS } from './secret-formats';
import { HttpMethod } from '../../api';
import { TimedSenderOptions } from '../sender-options';

/** A sender's scheme, which the verifier knows by name. */
export function presetScheme(
  scope: IConstruct, preset: PresetName, options: TimedSenderOptions, settings: Readonly<Record<string, string>> = {},
): BoundScheme {
  const { key, signsTime, integrity, namesCertificate = false, requirements: builtIn, hasClaims = false }: PresetFacts = PRESET_FACTS[preset];
  const { tolerance, maxBody, require } = options;
  const names = Object.keys(settings);
  for (const name of names) requireText(scope, name, 'value', settings[name]);
  return {
    document: {
      preset,
      ...tolerance && { toleranceSeconds: toleranceSeconds(scope, tolerance) },
      ...maxBody && { maxBodyBytes: maxBodyBytes(scope, maxBody) },
      ...require && { require: requirements(scope, require, hasClaims, builtIn) },
      ...names.length > 0 && { settings },
    },
    signsTime,
    keys: namesCertificate ? 'certificate' : 'stored',
    httpMethods: preset === 'okta' ? [HttpMethod.POST, HttpMethod.GET] : [HttpMethod.POST],
    integrity,
    secretFormat: SECRET_FORMATS[key],
  };
}
