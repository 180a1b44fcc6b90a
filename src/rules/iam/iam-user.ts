import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

/** Checks `IAM-USER`. */
export const iamUser: Rule = {
  control: 'IAM-USER',
  check(resource) {
    switch (resource.type) {
      case 'AWS::IAM::AccessKey': {
        const status = resource.properties.Status;
        if (status === 'Inactive') return compliant('the access key is inactive', 'Status');
        if (isUnknown(status)) return cannotTell('UnresolvedStatus', `Status is ${describe(status)}`, 'Status');
        return violation('AccessKey', 'the template makes an active access key', 'Status');
      }
      case 'AWS::IAM::UserToGroupAddition': return violation('Membership', 'the template gives IAM users the rights of a group', 'Users');
      default: return [
        violation('User', 'the template makes an IAM user'),
        ...(resource.properties.LoginProfile === undefined ? [] : [violation('ConsolePassword', 'the user has a console password', 'LoginProfile')]),
      ];
    }
  },
};
