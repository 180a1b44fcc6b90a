import { BoundUsers, UsersContext } from './private/bound-users';
import { IdentityProviderUsers } from './private/identity-provider-users';
import { ServiceManagedUsers } from './private/service-managed-users';
import { IdentityProviderOptions, ServiceManagedOptions } from './users-options';

/**
 * Who tells an `SftpServer` which partners there are and whether one may log in. It cannot be changed later: a server of the other kind is another
 * server, with another address and other host keys.
 *
 * @example
 * const users = sftp.SftpUsers.identityProvider({ requirePassword: true });
 */
export class SftpUsers {
  /**
   * A function that the server asks at each login: of networks for each partner, keys that expire to the second, passwords, lockout, and partners
   * that are added at run time.
   */
  public static identityProvider(options: IdentityProviderOptions = {}): SftpUsers {
    return new SftpUsers((context) => new IdentityProviderUsers(context, options));
  }

  /**
   * The server itself, which knows keys alone: no password, no lockout, and each partner may log in from the networks of all. A function gives it
   * the keys and takes them away within the hour.
   */
  public static serviceManaged(options: ServiceManagedOptions = {}): SftpUsers {
    return new SftpUsers((context) => new ServiceManagedUsers(context, options));
  }

  private constructor(private readonly bind: (context: UsersContext) => BoundUsers) {}

  /** @internal */
  public _bind(context: UsersContext): BoundUsers {
    return this.bind(context);
  }
}
