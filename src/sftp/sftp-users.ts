import { BoundUsers, UsersContext } from './private/bound-users';

/** Who may log in to an `SftpServer`, and who tells it so. */
export abstract class SftpUsers {
  /** Users of an identity provider. */
  public static identityProvider(): SftpUsers {
    throw new Error('not built yet');
  }

  /** @internal */
  public abstract _bind(context: UsersContext): BoundUsers;
}
