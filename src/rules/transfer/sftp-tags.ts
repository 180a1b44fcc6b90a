import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, mayHaveMore } from '../values';

/** Checks `SFTP-TAGS`. */
export const sftpTags: Rule = {
  control: 'SFTP-TAGS',
  check({ properties }) {
    const tags = properties.Tags;
    if (isUnknown(tags)) return cannotTell('UnresolvedTags', `Tags is ${describe(tags)}`, 'Tags');
    const keys = listOf(tags).map((tag) => at(tag, 'Key'));
    if (keys.length === 0) {
      return mayHaveMore(properties) ? cannotTell('UnresolvedTags', 'a macro may add tags', 'Tags') : notApplicable('the server has no tag');
    }
    const reserved = keys.findIndex((key) => /^aws:/i.test(describe(key)));
    if (reserved >= 0) return violation('Reserved', `${describe(keys[reserved])} begins with aws:, which AWS keeps to itself`, `Tags.${reserved}.Key`);
    const untold = keys.findIndex(isUnknown);
    return untold >= 0 ? cannotTell('UnresolvedTags', `a tag is ${describe(keys[untold])}`, `Tags.${untold}.Key`)
      : compliant(`tagged with ${keys.map(describe).join(', ')}`, 'Tags');
  },
};
