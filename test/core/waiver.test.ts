import { App, Stack, Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { core } from '../../src';

const REASON = 'the vendor reads this queue without a key';

function queue(): sqs.CfnQueue {
  return new sqs.CfnQueue(new Stack(new App(), 'Stack'), 'Queue');
}

describe('because', () => {
  test.each<[string, string, core.WaiverOptions, string]>([
    ['a short reason', 'because', { owner: 'edi', expires: '2027-06-30' }, "'reason' must have at least 20 characters, got 'because'; say why the exception is right"],
    ['a reason of blanks', ' '.repeat(30), { owner: 'edi', expires: '2027-06-30' }, `'reason' must have at least 20 characters, got '${' '.repeat(30)}'; say why the exception is right`],
    ['no owner', REASON, { owner: ' ', expires: '2027-06-30' }, "'owner' must name a team or a person, got nothing; name who answers for the exception"],
    ['a date that is none', REASON, { owner: 'edi', expires: '2027-02-29' }, "'expires' must be a day, YYYY-MM-DD, got '2027-02-29'; write for example '2027-06-30'"],
    ['a date of another form', REASON, { owner: 'edi', expires: '30.06.2027' }, "'expires' must be a day, YYYY-MM-DD, got '30.06.2027'; write for example '2027-06-30'"],
    ['a wrong day of making', REASON, { owner: 'edi', expires: '2027-06-30', asOf: 'today' }, "'asOf' must be a day, YYYY-MM-DD, got 'today'; write for example '2027-06-30'"],
    ['an expiry before its making', REASON, { owner: 'edi', expires: '2026-11-23', asOf: '2026-11-24' }, "'expires' must not be before 2026-11-24, got '2026-11-23'; an exception that is over excepts nothing"],
  ])('refuses %s', (_name, reason, options, message) => {
    expect(() => core.Waiver.because(reason, options)).toThrow(new Error(message));
  });

  test('accepts the last day itself', () => {
    expect(core.Waiver.because(REASON, { owner: 'edi', expires: '2026-11-24', asOf: '2026-11-24' }).expires).toBe('2026-11-24');
  });
});

describe('applyTo', () => {
  const waiver = core.Waiver.because(REASON, { owner: 'edi-team', expires: '2027-06-30' });

  test('records what, why, who and until when, and acknowledges the finding in its namespaced form', () => {
    const target = queue();
    waiver.applyTo(target, 'QUEUE-CMK', 'NoKey');
    const data = (type: string) => target.node.metadata.filter((entry) => entry.type === type).map((entry) => entry.data);
    expect(data('cdk-secure-integrations:waiver')).toEqual([{ control: 'QUEUE-CMK', finding: 'NoKey', reason: REASON, owner: 'edi-team', expires: '2027-06-30' }]);
    expect(data(Validations.ACKNOWLEDGED_RULES_METADATA_KEY))
      .toEqual([{ 'cdk-secure-integrations::QUEUE-CMK[NoKey]': `${REASON} (owner: edi-team, expires: 2027-06-30)` }]);
  });

  test('refuses a control that is none', () => {
    expect(() => waiver.applyTo(queue(), 'QUEUE-COLOUR')).toThrow("[Stack/Queue] 'control' must be the id of a control, got 'QUEUE-COLOUR'; Control.all() lists them");
  });

  test('refuses a finding that the control does not have', () => {
    expect(() => waiver.applyTo(queue(), 'QUEUE-CMK', 'Nope'))
      .toThrow("[Stack/Queue] 'finding' must be a finding of QUEUE-CMK (NoKey, AwsManagedKey, UnresolvedKey), got 'Nope'; copy it from the check's output");
  });

  test('refuses a control that cannot be waived', () => {
    const fixed = core.Control.all().find((control) => !control.waivable)!;
    expect(() => waiver.applyTo(queue(), fixed.id)).toThrow(`[Stack/Queue] 'control' must be one that can be waived, got '${fixed.id}'; ${fixed.remedy}`);
  });

  test('asks for the finding where a control has many', () => {
    const open = core.Control.all().find((control) => control.waivable && control.findings.some((id) => id.endsWith('::')))!;
    expect(() => waiver.applyTo(queue(), open.id)).toThrow(`'finding' must be given for ${open.id}, got nothing; name the one finding, which starts with`);
  });
});

describe('Control', () => {
  test('finds a control by its id', () => {
    expect(core.Control.of('QUEUE-CMK')).toMatchObject({ id: 'QUEUE-CMK', severity: core.Severity.HIGH, waivable: true });
  });

  test('refuses an id that is none', () => {
    expect(() => core.Control.of('QUEUE-COLOUR')).toThrow("'id' must be the id of a control, got 'QUEUE-COLOUR'; Control.all() lists them");
  });

  test('ids are sorted, unique, and of the form ROOM-WHAT', () => {
    const ids = core.Control.all().map((control) => control.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids.filter((id) => !/^[A-Z]+(-[A-Z0-9]+)+$/.test(id))).toEqual([]);
  });
});
