/** `arn:aws:sts::111122223333:assumed-role/Role/session`, `arn:aws:iam::111122223333:user/path/name` and `…:federated-user/name`. */
const PRINCIPAL = /^arn:aws[a-z-]*:(?:sts|iam)::\d{12}:(assumed-role|user|federated-user)\/(.+)$/;

/** Roles that services made for themselves (IAM User Guide, "Service-linked roles"). */
const OF_A_SERVICE = /^AWSServiceRoleFor/;

/** Who stands behind an ARN. */
export interface Actor {
  /** A user's name, or the name of a session, which roles for people should hold to the name of who assumes them; lower case. */
  readonly person: string;
  /** Absent for a user. */
  readonly role?: string;
}

/** Undefined for what is nobody in particular: the root user, an account, a service, no ARN at all. */
export function tryActor(arn: string | undefined): Actor | undefined {
  const [, kind, path = ''] = PRINCIPAL.exec(arn ?? '') ?? [];
  if (!kind) return undefined;
  const parts = path.split('/');
  const person = parts[parts.length - 1].toLowerCase();
  if (person === '') return undefined;
  if (kind !== 'assumed-role') return { person };
  const role = parts[parts.length - 2];
  return role === undefined || OF_A_SERVICE.test(role) ? undefined : { person, role };
}

/** Whether two ARNs may be one person, in whatever role: a role is left as fast as it is taken. */
export function isSamePerson(one: Actor, other: Actor): boolean {
  return one.person === other.person;
}
