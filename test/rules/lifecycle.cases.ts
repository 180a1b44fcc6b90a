import { ControlCase, Template } from './control-case';
import { CLOSED_TYPES } from '../../src/rules/lifecycle/closed-services';

const template = (type: string, properties: object = {}): Template => ({ Resources: { Resource: { Type: type, Properties: properties } } });

export const LIFECYCLE_CASES: readonly ControlCase[] = [
  {
    control: 'CLOSED-SERVICE',
    passing: { 'a topic without message data protection': template('AWS::SNS::Topic') },
    failing: [
      ...Object.keys(CLOSED_TYPES).map((type) => ({ finding: `ClosedType::${type}`, template: template(type) })),
      { finding: 'ClosedFeature::DataProtectionPolicy', template: template('AWS::SNS::Topic', { DataProtectionPolicy: { Name: 'mask' } }) },
    ],
    mutations: [
      {
        name: 'protect the messages',
        finding: 'ClosedFeature::DataProtectionPolicy',
        mutate: (t) => { t.Resources.Resource.Properties.DataProtectionPolicy = { Name: 'mask' }; },
      },
      {
        name: 'add an event data store',
        finding: 'ClosedType::AWS::CloudTrail::EventDataStore',
        mutate: (t) => { t.Resources.Store = { Type: 'AWS::CloudTrail::EventDataStore' }; },
      },
    ],
  },
];
