/** What `--help` prints. */
export const HELP = `Checks CloudFormation templates against the controls of cdk-secure-integrations, and signs and verifies webhooks.

Usage
  cdk-secure-integrations check <cdk.out | template.json | template.yaml> [options]
  cdk-secure-integrations report <cdk.out | template.json | template.yaml> [options]
  cdk-secure-integrations webhook sign --scheme <name> --secret-env <NAME> --url <address> --body <file> [options]
  cdk-secure-integrations webhook verify --scheme <name> --secret-env <NAME> --request <file> [options]

Commands
  check     Runs every rule, prints what is open, and fails where something is.
  report    Writes report.html, report.md, report.json and report.sarif.
  webhook sign    Signs a request as a sender does, and prints a curl line, or sends it.
  webhook verify  Says step by step why a captured request is refused, or that it is genuine.

Options of check
  --format <format>     table, json, markdown, sarif or html (default: table)
  --output <file>       writes to a file instead of the standard output
  --fail-on <severity>  critical, high, medium or low (default: low): findings below it do not fail
  --no-color            no colours, as with the environment variable NO_COLOR

Options of report
  --output <directory>  where the files go (default: reports)

Options of check and report
  --as-of <YYYY-MM-DD>  day on which waivers are judged, and shown in the report (default: today, not shown)
  --help                prints this text
  --version             prints the version

Options of webhook sign and webhook verify
  --scheme <name | file>     a preset such as stripe, or a scheme as JSON
  --setting <name=value>     a setting of the scheme, such as PayPal's webhookId; may be repeated
  --secret-env <NAME>        variable that holds the key; --secret-file <file> and --secret-stdin do likewise
                             (verify takes several keys; a key never goes on the command line)
  --key-id <id>              what the request calls the key: kid, keyid or the address of a certificate
  --at <seconds | instant>   when it was sent, or arrived (default: now)

Options of webhook sign
  --url <address>            where the request goes
  --body <file>              the body, byte for byte
  --method <method>          (default: POST)
  --header <'Name: value'>   a header besides; may be repeated
  --id <id>                  id of the delivery (default: a new one)
  --send                     sends the request, and prints the status of the answer

Options of webhook verify
  --request <file>           an event of an API, JSON of method, url, headers and body, or HTTP/1.1 as sent
  --url <address>            the address that the sender was told

Exit codes
  0  nothing open at or above --fail-on; report: the files are written; webhook: genuine, or taken by the receiver
  1  open findings at or above --fail-on, or waivers that need work; webhook: refused
  2  wrong usage
  3  a file cannot be read or written, or is malformed or too large
`;
