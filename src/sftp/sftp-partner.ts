import { Construct } from 'constructs';

/** A partner of an `SftpServer`. */
export class SftpPartner extends Construct {
}
