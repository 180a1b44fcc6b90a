import { IResolvable, Mixin } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { IConstruct } from 'constructs';
import { amended, guardAgainstUndoing, isIntrinsic, valueAt } from '../../private';
import { CREDENTIAL_HEADERS } from '../private/credential-headers';

type Protection = wafv2.CfnWebACL.DataProtectionConfigProperty;
type Entry = wafv2.CfnWebACL.DataProtectProperty;
type Field = wafv2.CfnLoggingConfiguration.FieldToMatchProperty;

/**
 * Replaces credentials wherever a web ACL shows a request: in samples, logs and Security Lake. Applies control `WAF-SAMPLES`.
 *
 * Headers that the web ACL protects already stay protected. What rules see does not change.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.WebAclDataProtection());
 */
export class WebAclDataProtection extends Mixin {
  public supports(construct: IConstruct): construct is wafv2.CfnWebACL {
    return wafv2.CfnWebACL.isCfnWebACL(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.dataProtectionConfig = amended<Protection>(construct.dataProtectionConfig as Protection | IResolvable | undefined, (before) => {
      const entries = (before?.dataProtections ?? []) as Entry[];
      if (isIntrinsic(entries)) return before!;
      const isHeader = (entry: Entry) => valueAt(entry, 'field.fieldType') === 'SINGLE_HEADER';
      return { dataProtections: [...entries.filter((entry) => !isHeader(entry)), headersOf(entries.filter(isHeader))] };
    });
    guardAgainstUndoing(construct, {
      control: 'WAF-SAMPLES',
      mixin: 'api.mixins.WebAclDataProtection',
      demand: `'DataProtectionConfig' must replace ${CREDENTIAL_HEADERS.join(', ')}`,
      holds: ({ Properties }) => {
        const entries = valueAt(Properties, 'DataProtectionConfig.DataProtections');
        return Array.isArray(entries) && entries.some((entry) => {
          const keys = valueAt(entry, 'Field.FieldKeys');
          return valueAt(entry, 'Field.FieldType') === 'SINGLE_HEADER' && valueAt(entry, 'ExcludeRuleMatchDetails') === undefined
            && (keys === undefined || (Array.isArray(keys) && CREDENTIAL_HEADERS.every((header) => keys.includes(header))));
        });
      },
    });
  }
}

/** One entry for all headers: of those that were protected, and of credentials. Without keys it stands for every header. */
function headersOf(before: readonly Entry[]): Entry {
  const keys = before.map((entry) => valueAt(entry, 'field.fieldKeys'));
  const all = keys.some((each) => each === undefined);
  const listed = keys.flatMap((each) => (Array.isArray(each) ? each as string[] : []));
  const others = listed.filter((each) => !CREDENTIAL_HEADERS.includes(String(each).toLowerCase()));
  return { action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', ...(!all && { fieldKeys: [...CREDENTIAL_HEADERS, ...others] }) } };
}

/**
 * Keeps credentials out of the log of a web ACL. Applies control `WAF-LOG-REDACTION`.
 *
 * Samples are not part of the log, see `WebAclDataProtection`. The query string stays, where most attacks stand.
 */
export class WebAclLogRedaction extends Mixin {
  public supports(construct: IConstruct): construct is wafv2.CfnLoggingConfiguration {
    return wafv2.CfnLoggingConfiguration.isCfnLoggingConfiguration(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.redactedFields = amended<Field[]>(construct.redactedFields as Field[] | IResolvable | undefined, (before = []) => {
      const redacted = before.map((field) => headerOf(field, 'singleHeader'));
      // AWS::WAFv2::LoggingConfiguration takes the header as JSON, which the CDK passes on as it is.
      return [...before, ...CREDENTIAL_HEADERS.filter((header) => !redacted.includes(header)).map((header) => ({ singleHeader: { Name: header } }))];
    });
    guardAgainstUndoing(construct, {
      control: 'WAF-LOG-REDACTION',
      mixin: 'api.mixins.WebAclLogRedaction',
      demand: `'RedactedFields' must have ${CREDENTIAL_HEADERS.join(', ')}`,
      holds: ({ Properties }) => {
        const fields = Properties?.RedactedFields;
        const redacted = Array.isArray(fields) ? fields.map((field) => headerOf(field, 'SingleHeader')) : [];
        return CREDENTIAL_HEADERS.every((header) => redacted.includes(header));
      },
    });
  }
}

function headerOf(field: unknown, property: string): string {
  return String(valueAt(field, `${property}.Name`)).toLowerCase();
}
