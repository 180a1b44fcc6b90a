import { ACCOUNT, REGION, Resources } from './world';

/** A statement of a rendered policy, in which what deployment alone knows stands as it would after one. */
export type Rendered = Readonly<Record<string, any>>;

/** The logical id of the only resource of a type whose id begins so. */
export function idOf(resources: Resources, type: string, prefix: string): string {
  const found = Object.keys(resources).filter((id) => resources[id].Type === type && id.startsWith(prefix));
  if (found.length !== 1) throw new Error(`one ${type} must begin with ${prefix}, got ${found.join(', ')}`);
  return found[0];
}

/** A value of a template, deployed: pseudo parameters have their values, references and attributes an ARN made of the logical id. */
export function deployed(value: any): any {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries<any>(value);
  if (others.length === 0 && name === 'Ref') {
    const pseudo: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::AccountId': ACCOUNT, 'AWS::Region': REGION };
    return pseudo[argument] ?? `arn:aws:iam::${ACCOUNT}:role/${argument}`;
  }
  if (others.length === 0 && name === 'Fn::Join') return argument[1].map(deployed).join(argument[0]);
  if (others.length === 0 && name === 'Fn::GetAtt') return arnOf(argument[0]);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deployed(each)]));
}

function arnOf(id: string): string {
  return /Key/.test(id) ? `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}` : `arn:aws:iam::${ACCOUNT}:role/${id}`;
}

/** The statements of the inline policy of a role, or of its permission set. */
export function rightsOf(resources: Resources, name: string): Rendered[] {
  const set = Object.entries(resources).find(([id, { Type }]) => Type === 'AWS::SSO::PermissionSet' && id.startsWith(`${name}PermissionSet`));
  if (set) return deployed(set[1].Properties.InlinePolicy.Statement) as Rendered[];
  return deployed(resources[idOf(resources, 'AWS::IAM::Policy', `${name}RoleDefaultPolicy`)].Properties.PolicyDocument.Statement) as Rendered[];
}

/** The trust policy of a role. */
export function trustOf(resources: Resources, name: string): Rendered {
  return deployed(resources[idOf(resources, 'AWS::IAM::Role', `${name}Role`)].Properties.AssumeRolePolicyDocument) as Rendered;
}

/** The document of the only managed policy whose id begins so. */
export function managedOf(resources: Resources, name: string): Rendered {
  return deployed(resources[idOf(resources, 'AWS::IAM::ManagedPolicy', name)].Properties.PolicyDocument) as Rendered;
}
