import { USER } from './partner-roles';
import { isSameServer } from './sftp-user-home';
import { isPartnerName } from '../../formats/partner-check';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

const NAME = 'UserName';

/** Checks `SFTP-USER-NAME`. Names that differ by case alone are two users to the service, and one to people and to folders of other systems. */
export const sftpUserName: Rule = {
  control: 'SFTP-USER-NAME',
  check(user, graph) {
    const name = user.properties[NAME];
    if (typeof name !== 'string') return cannotTell('UnresolvedName', `${NAME} is ${describe(name)}`, NAME);
    const same = graph.ofType(USER).filter((other) => other !== user && isSameServer(user, other, graph))
      .filter(({ properties }) => typeof properties[NAME] === 'string' && properties[NAME].toLowerCase() === name.toLowerCase());
    const found: Outcome[] = [
      ...(isPartnerName(name) ? [] : [violation('Malformed', `${name} is not 3 to 100 of a-z, 0-9, "_", "." and "-", the first a letter or a digit`, NAME)]),
      ...same.map(({ logicalId }) => violation(`SameName::${logicalId}`, `${logicalId} has the same name, but for capitals`, NAME)),
    ];
    return found.length > 0 ? found : compliant(`${name} is no other user's name in any spelling`, NAME);
  },
};
