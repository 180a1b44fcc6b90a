/** What references of a template stand for. Each throws for what it does not know. */
export interface References {
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  exported(name: string): string;
}

const SUBSTITUTION = /\$\{([^!][^}]*)\}/g;

/**
 * Replaces the intrinsic functions in a value of a template by what they stand for.
 *
 * Throws for a function that is not here: a policy that was half understood would be judged half.
 */
export function resolve(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, references));
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? entries[0] : ['', undefined];
  if (name === 'Ref') return references.ref(textOf(argument));
  if (name.startsWith('Fn::')) return resolveFunction(name, argument, references);
  return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each, references)]));
}

function resolveFunction(name: string, argument: unknown, references: References): string {
  switch (name) {
    case 'Fn::GetAtt': {
      const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map(textOf);
      return references.attribute(logicalId, attribute.join('.'));
    }
    case 'Fn::ImportValue': return references.exported(textOf(resolve(argument, references)));
    case 'Fn::Join': {
      const [delimiter, parts] = listOf(argument);
      return listOf(resolve(parts, references)).map(textOf).join(textOf(delimiter));
    }
    case 'Fn::Sub': {
      const [text, given] = typeof argument === 'string' ? [argument, {}] : listOf(argument);
      const variables = resolve(given, references) as Record<string, unknown>;
      return textOf(text).replace(SUBSTITUTION, (_, variable: string) => {
        if (variable in variables) return textOf(variables[variable]);
        const [logicalId, ...attribute] = variable.split('.');
        return attribute.length === 0 ? references.ref(logicalId) : references.attribute(logicalId, attribute.join('.'));
      }).replace(/\$\{!/g, '${');
    }
    default: throw new Error(`the proof cannot resolve ${name}; teach it to test/proofs/iam/intrinsics.ts`);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`the proof expected text, got ${JSON.stringify(value)}`);
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new Error(`the proof expected a list, got ${JSON.stringify(value)}`);
}
