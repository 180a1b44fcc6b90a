import { Construct } from 'constructs';
import { HandlerConstruct } from '../../functions/handler-construct';
import { HandlerFunctionProps } from '../../functions/handler-function';
import { IntegrationTable } from '../../storage';

/** A function around the users of a server; `bundle` is a folder below `assets/sftp`. */
export class UsersFunction extends HandlerConstruct {
  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id, { ...props, bundle: `sftp/${props.bundle}` });
  }

  /** Lets the function do some things with the items of a table. */
  public allowTable({ table, encryptionKey }: IntegrationTable, ...actions: string[]): void {
    this.allow(actions.map((action) => `dynamodb:${action}`), table.tableArn);
    encryptionKey.grantDecrypt(this.role);
  }
}
