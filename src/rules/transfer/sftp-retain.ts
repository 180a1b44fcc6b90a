import { retained } from '../retained';
import { Rule } from '../rule';

/** Checks `SFTP-RETAIN`. */
export const sftpRetain: Rule = { control: 'SFTP-RETAIN', check: retained };
