import { directSettings } from './stages';
import { Resource } from '../graph';
import { at, describe, isMap, isUnknown, listOf, Unresolved, Value, ValueMap } from '../values';

/** Settings of a stage for all of its methods, or for one. */
export interface MethodSetting {
  /** Whether they are for each method that has none of its own. */
  readonly everywhere: boolean;
  /** What they are for, in words: `every method`, `POST /orders`. */
  readonly label: string;
  readonly values: Value;
  /** Path of one of the settings in the properties of the stage. */
  pathOf(setting: string): string;
}

/** The method settings of a REST stage; `Unresolved` where the template does not tell them. */
export function methodSettingsOf(stage: Resource): readonly MethodSetting[] | Unresolved {
  const settings = stage.properties.MethodSettings;
  if (isUnknown(settings)) return new Unresolved(describe(settings));
  const direct = directSettings(stage);
  const listed = listOf(settings).map((values, index) => {
    const [path, method] = [at(values, 'ResourcePath'), at(values, 'HttpMethod')];
    const everywhere = path === '/*' && method === '*';
    // In a path of a setting, ~1 stands for a slash (AWS::ApiGateway::Stage MethodSetting, ResourcePath).
    const label = everywhere ? 'every method' : `${describe(method)} ${describe(path).replace(/^\/~1/, '/').replace(/~1/g, '/')}`;
    return { everywhere, label, values, pathOf: (setting: string) => `MethodSettings.${index}.${setting}` };
  });
  return direct === undefined ? listed : withDirect(direct, listed);
}

/** Which of two general settings wins, one in the list and one in the stage itself, is not documented: each is judged, completed by the other. */
function withDirect(direct: ValueMap, listed: readonly MethodSetting[]): readonly MethodSetting[] {
  const general = listed.find(({ everywhere }) => everywhere);
  const inList: ValueMap = general !== undefined && isMap(general.values) ? general.values : {};
  const completed = (each: MethodSetting): MethodSetting => ({
    ...each, values: { ...direct, ...inList }, pathOf: (setting) => (at(inList, setting) === undefined ? setting : each.pathOf(setting)),
  });
  const own: MethodSetting = {
    everywhere: true,
    label: 'every method',
    values: { ...inList, ...direct },
    pathOf: (setting) => (general !== undefined && at(direct, setting) === undefined ? general.pathOf(setting) : setting),
  };
  return [...listed.map((each) => (each === general ? completed(each) : each)), own];
}
