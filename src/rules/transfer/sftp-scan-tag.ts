import { isPartnerRole } from './partner-roles';
import { spanOfObjects } from './prefixes';
import { plansOf } from './scanned-buckets';
import { Graph } from '../graph';
import { shapeOf } from '../narrowing';
import { resourcePolicyOf, rivalsOf, Statement, coversAction } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { Value } from '../values';

/** Amazon GuardDuty User Guide, "Using tag-based access control (TBAC) with Malware Protection for S3". */
const TAG = 's3:existingobjecttag/guarddutymalwarescanstatus';
const CLEAN = 'NO_THREATS_FOUND';
/** Who is spared: the role of the scanner, and whoever deals with what it found. */
const SPARED = 'aws:principalarn';

const READS = ['s3:GetObject', 's3:GetObjectVersion'];
const TAGS = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'];

/** Checks `SFTP-SCAN-TAG`. */
export const sftpScanTag: Rule = {
  control: 'SFTP-SCAN-TAG',
  check(bucket, graph) {
    const { plans, untold } = plansOf(bucket, graph);
    if (plans.length === 0) {
      return untold ? cannotTell('UnresolvedPolicy', 'the template does not tell which bucket a plan scans') : notApplicable('nothing scans what arrives there');
    }
    const policy = resourcePolicyOf(bucket, graph);
    const found = rivalsOf(policy).flatMap(({ statements }) => [
      ...demand(statements, READS, (each) => holdsReadersBack(each) && isNamed(each, graph), 'ReadsUnscanned', 'files can be read that no scan found clean'),
      ...demand(statements, TAGS, (each) => sparesNamed(each) && isNamed(each, graph), 'ForgedTag', 'others than the scanner can write or take away what it found'),
    ]);
    if (found.length === 0) return compliant('what no scan found clean cannot be read, and the scanner alone says what it found');
    return policy.mayHaveMore || policy.statements.some(isUntold)
      ? cannotTell('UnresolvedPolicy', 'a policy whose target or text is not told may hold readers back') : found;
  },
};

function demand(
  statements: readonly Statement[], actions: readonly string[], holds: (statement: Statement) => boolean, finding: string, message: string,
): readonly Outcome[] {
  const denials = statements.filter((statement) => isDenial(statement) && holds(statement));
  const open = actions.filter((action) => !denials.some((statement) => coversAction(statement, action)));
  return open.length === 0 ? [] : [violation(finding, `${message}: no Deny of ${open.join(', ')}`)];
}

function isDenial({ effect, notPrincipal, untoldConditions, principals, ...statement }: Statement): boolean {
  return effect === 'Deny' && !notPrincipal && !untoldConditions && principals.some(({ kind }) => kind === 'any') && coversFiles(statement);
}

/**
 * All objects, or all but folders, whose names end in a slash: AWS Transfer Family asks for their heads when it lists (User Guide, "Grant ability to only
 * write and list files"), and no client of SFTP makes files so.
 */
function coversFiles({ notResource, resources }: Pick<Statement, 'notResource' | 'resources'>): boolean {
  if (!notResource) return resources.some((arn) => spanOfObjects(arn) === 'bucket');
  return resources.length > 0 && resources.every((arn) => /^(?:arn:[^:]*:s3:::[^/*?]+|\$)\/\*\/$/.test(shapeOf(arn)));
}

/** Denies everything but what has the one tag; whom it spares is named. */
function holdsReadersBack(statement: Statement): boolean {
  const [tag, ...others] = statement.conditions.filter(({ key }) => key !== SPARED);
  return others.length === 0 && tag?.key === TAG && tag.operator === 'stringnotequals' && tag.values.length === 1 && tag.values[0] === CLEAN;
}

function sparesNamed(statement: Statement): boolean {
  return statement.conditions.every(({ key }) => key === SPARED);
}

/** Whom a Deny spares is named, and is neither everybody nor a partner. */
function isNamed({ carrier, conditions }: Statement, graph: Graph): boolean {
  const isPartner = (value: Value): boolean => {
    const role = graph.find(value, 'AWS::IAM::Role', carrier.template);
    return role !== undefined && isPartnerRole(role, graph) === true;
  };
  return conditions.filter(({ key }) => key === SPARED).every(({ operator, values }) => /^(string|arn)not(equals|like)(ifexists)?$/.test(operator)
    && values.every((value) => value !== '*' && !isPartner(value) && !(typeof value === 'string' && /:role\/\*$|:\*$/.test(value))));
}

function isUntold({ effect, partial, untoldConditions }: Statement): boolean {
  return effect !== 'Allow' && (partial || untoldConditions);
}
