import { isObject, listAt, objectAt, textAt } from './json';

/** The transform that only adds functions; the one that makes resources is seen where it is used. */
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** What a template leaves to deployment, one sentence each: the rules judge what is written, and see none of it. */
export function unseenIn(name: string, template: unknown): string[] {
  if (!isObject(template)) return [];
  const macros = [textAt(template, 'Transform'), ...listAt(template, 'Transform').map(nameOf), nameOf(template['Fn::Transform'])].filter((macro) => macro !== '' && macro !== LANGUAGE_EXTENSIONS);
  return [
    ...macros.map((macro) => `${name}: what the macro '${macro}' makes of the template`),
    ...Object.entries(objectAt(template, 'Resources')).flatMap(([id, resource]) => {
      const type = isObject(resource) ? textAt(resource, 'Type') : '';
      if (id.startsWith('Fn::')) return [`${name}: the resources that '${id}' makes`];
      // Resources of AWS SAM, and modules, stand for others.
      return type.startsWith('AWS::Serverless::') || type.endsWith('::MODULE') ? [`${name}: the resources that '${id}', of type ${type}, makes`] : [];
    }),
  ];
}

/** The nested stacks of a template that stands alone, one sentence each. */
export function nestedIn(name: string, template: unknown): string[] {
  return Object.entries(isObject(template) ? objectAt(template, 'Resources') : {})
    .filter(([, resource]) => isObject(resource) && textAt(resource, 'Type') === 'AWS::CloudFormation::Stack')
    .map(([id]) => `${name}: the template of the nested stack '${id}', which is another file`);
}

function nameOf(transform: unknown): string {
  return typeof transform === 'string' ? transform : isObject(transform) ? textAt(transform, 'Name') : '';
}
