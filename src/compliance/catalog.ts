import { Control } from './control';
import { SQS_CONTROLS } from './controls/sqs';

/** Every control of the library, sorted by id. */
export const CONTROLS: readonly Control[] = [
  ...SQS_CONTROLS,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const BY_ID = new Map(CONTROLS.map((control) => [control.id, control]));

/** The control of that id, or undefined. */
export function tryControlById(id: string): Control | undefined {
  return BY_ID.get(id);
}

/** The control of that id. Throws where there is none. */
export function controlById(id: string): Control {
  const control = tryControlById(id);
  if (!control) throw new Error(`no control has the id '${id}'`);
  return control;
}

/** Whether a control declares a finding id, literally or by a prefix that ends in `::`. */
export function declaresFinding(control: Control, finding: string): boolean {
  return Object.keys(control.findings).some((declared) => (declared.endsWith('::') ? finding.startsWith(declared) : finding === declared));
}
