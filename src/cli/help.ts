/** What `--help` prints. */
export const HELP = `Checks CloudFormation templates against the controls of cdk-secure-integrations.

Usage
  cdk-secure-integrations check <cdk.out | template.json | template.yaml> [options]
  cdk-secure-integrations report <cdk.out | template.json | template.yaml> [options]

Commands
  check     Runs every rule, prints what is open, and fails where something is.
  report    Writes report.html, report.md, report.json and report.sarif.

Options of check
  --format <format>     table, json, markdown, sarif or html (default: table)
  --output <file>       writes to a file instead of the standard output
  --fail-on <severity>  critical, high, medium or low (default: low): findings below it do not fail
  --no-color            no colours, as with the environment variable NO_COLOR

Options of report
  --output <directory>  where the files go (default: reports)

Options of both
  --as-of <YYYY-MM-DD>  day on which waivers are judged, and shown in the report (default: today, not shown)
  --help                prints this text
  --version             prints the version

Exit codes
  0  nothing open at or above --fail-on; report: the files are written
  1  open findings at or above --fail-on, or waivers that need work
  2  wrong usage
  3  a file cannot be read or written, or is malformed or too large
`;
