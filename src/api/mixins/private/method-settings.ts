import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { amended, isIntrinsic, RenderedResource, valueAt } from '../../../private';

/** Settings of a stage for all methods or for one. */
export type MethodSetting = apigateway.CfnStage.MethodSettingProperty;

/**
 * Changes the settings of a stage: those for every method, which are made where there are none, and those for single methods.
 *
 * Settings that only deployment tells stay as they are.
 */
export function amendMethodSettings(
  stage: apigateway.CfnStage, everywhere: ((setting: MethodSetting) => MethodSetting) | undefined, single: (setting: MethodSetting) => MethodSetting,
): void {
  const current = stage.methodSettings as MethodSetting[] | undefined;
  stage.methodSettings = amended<MethodSetting[]>(current, (settings = []) => {
    const added = everywhere && !settings.some(isForAll) ? [everywhere({ httpMethod: '*', resourcePath: '/*' })] : [];
    const changed = settings.map((setting) => {
      if (isIntrinsic(setting)) return setting;
      return isForAll(setting) ? (everywhere ?? single)(setting) : single(setting);
    });
    return [...changed, ...added];
  });
}

/** Whether each rendered setting satisfies `accepts`, and, where `needed`, there is one for every method. */
export function methodSettingsHold(
  { Properties }: RenderedResource, needed: boolean, accepts: (setting: unknown, forAll: boolean) => boolean,
): boolean {
  const settings = Properties?.MethodSettings;
  if (settings === undefined) return !needed;
  if (!Array.isArray(settings)) return false;
  const forAll = (setting: unknown) => valueAt(setting, 'HttpMethod') === '*' && valueAt(setting, 'ResourcePath') === '/*';
  return (!needed || settings.some(forAll)) && settings.every((setting) => !isIntrinsic(setting) && accepts(setting, forAll(setting)));
}

function isForAll({ httpMethod, resourcePath }: MethodSetting): boolean {
  return httpMethod === '*' && resourcePath === '/*';
}
