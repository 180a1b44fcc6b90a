// Runs the functions of the access and audit rooms as they ship against moto, an emulation of AWS that others wrote, over a line that loses calls:
// `ts-node scripts/emulated-audit.ts`. What moto does not know is answered by stand-ins of the tests, which the output names.
import { access } from './audit-access';
import { accountDefaults } from './audit-defaults';
import { incidents } from './audit-incidents';
import { reviews } from './audit-reviews';
import { AuditWorld } from './audit-world';
import { withMoto } from './moto';

async function main(moto: string): Promise<void> {
  const world = await AuditWorld.start(moto);
  console.log('stand-ins, not moto: queries of Logs Insights, OpsItems, who wrote a parameter, the default key of disks, answers to CloudFormation');
  try {
    for (const run of [incidents, reviews, access, accountDefaults]) await run(world);
  } finally {
    await world.stop();
  }
  console.log(`emulated-audit: ${world.checks} checks, ${world.failed} failed`);
  if (world.failed > 0) process.exitCode = 1;
}

withMoto(main).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
