import { Resource } from '../graph';
import { at, describe, isUnknown, listOf, Unresolved, Value } from '../values';

/** Settings of a stage for all of its methods, or for one. */
export interface MethodSetting {
  /** Whether they are for each method that has none of its own. */
  readonly everywhere: boolean;
  /** What they are for, in words: `every method`, `POST /orders`. */
  readonly label: string;
  readonly values: Value;
  /** Path of the settings in the properties of the stage. */
  readonly property: string;
}

/** The method settings of a REST stage; `Unresolved` where the template does not tell them. */
export function methodSettingsOf({ properties }: Resource): readonly MethodSetting[] | Unresolved {
  const settings = properties.MethodSettings;
  if (isUnknown(settings)) return new Unresolved(describe(settings));
  return listOf(settings).map((values, index) => {
    const [path, method] = [at(values, 'ResourcePath'), at(values, 'HttpMethod')];
    const everywhere = path === '/*' && method === '*';
    // In a path of a setting, ~1 stands for a slash (AWS::ApiGateway::Stage MethodSetting, ResourcePath).
    const label = everywhere ? 'every method' : `${describe(method)} ${describe(path).replace(/^\/~1/, '/').replace(/~1/g, '/')}`;
    return { everywhere, label, values, property: `MethodSettings.${index}` };
  });
}
