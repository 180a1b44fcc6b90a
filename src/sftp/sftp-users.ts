import { BoundUsers, UsersContext } from './private/bound-users';

/** Who may log in to an `SftpServer`, and who tells it so. */
export abstract class SftpUsers {
  /** @internal */
  public abstract _bind(context: UsersContext): BoundUsers;
}
