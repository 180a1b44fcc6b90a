import { OperatorPorts, operatorRegister, OperatorResult } from './operator-register';
import type { RegistrarSettings } from './registrar-settings';
import { templatePartner, TemplatePartnerPorts } from './template-partner';
import { customResource, CustomResourcePorts, isCustomResourceEvent, LambdaContext } from '../shared/custom-resource';

export type RegistrarPorts = OperatorPorts & TemplatePartnerPorts & CustomResourcePorts;

/**
 * Builds the function that writes partners into the table: for deployments, as the resource `Custom::SftpPartner`, or for operators, who invoke it.
 * Whichever it is for, it takes no event of the other.
 */
export function registrar(
  settings: RegistrarSettings, ports: RegistrarPorts,
): (event: unknown, context: LambdaContext) => Promise<OperatorResult | void> {
  if (settings.caller === 'operator') return operatorRegister(settings, ports);
  const deploy = customResource(templatePartner(settings, ports), ports);
  return async (event, context) => {
    if (!isCustomResourceEvent(event)) {
      ports.log({ outcome: 'refused', reason: 'malformed-request' });
      throw new Error('the function takes events of CloudFormation alone');
    }
    return deploy(event, context);
  };
}
