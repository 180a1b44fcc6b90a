/** A request as a web ACL and a validator see it. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How much of a body WAF inspects unless told otherwise (AWS WAF Developer Guide, "Managing body inspection size limits"). */
const INSPECTED_BYTES = 16 * 1024;

/** The rules of a synthesized web ACL, in their order, of which this understands what looks at size, header fields and path. */
export function refusedBy(webAcl: any, request: Request): { readonly rule: string; readonly status: number } | undefined {
  const limit = webAcl.AssociationConfig?.RequestBody?.API_GATEWAY?.DefaultSizeInspectionLimit as string | undefined;
  const inspectedBytes = limit ? Number(limit.replace('KB_', '')) * 1024 : INSPECTED_BYTES;
  for (const rule of [...webAcl.Rules].sort((a: any, b: any) => a.Priority - b.Priority)) {
    if (rule.Statement.ManagedRuleGroupStatement || rule.Statement.RateBasedStatement) continue;
    if (matches(rule.Statement, request, inspectedBytes)) {
      return { rule: rule.Name, status: rule.Action.Block.CustomResponse?.ResponseCode ?? 403 };
    }
  }
  return undefined;
}

function matches(statement: any, request: Request, inspectedBytes: number): boolean {
  const [[kind, content]] = Object.entries<any>(statement);
  const of = (each: any) => matches(each, request, inspectedBytes);
  switch (kind) {
    case 'AndStatement': return content.Statements.every(of);
    case 'OrStatement': return content.Statements.some(of);
    case 'NotStatement': return !of(content.Statement);
    case 'SizeConstraintStatement': {
      const bytes = Buffer.byteLength(request.body);
      if (bytes > inspectedBytes) return content.FieldToMatch.Body.OversizeHandling === 'MATCH';
      if (content.ComparisonOperator !== 'GT') throw new Error(`unknown operator ${content.ComparisonOperator}`);
      return bytes > content.Size;
    }
    case 'RegexMatchStatement': {
      const value = request.headers[content.FieldToMatch.SingleHeader.Name];
      return value !== undefined && new RegExp(content.RegexString).test(value.toLowerCase());
    }
    default: throw new Error(`unknown statement ${kind}`);
  }
}
