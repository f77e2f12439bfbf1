import { upgradeAll } from "../../commands/tenants/upgrade-all.ts";
import { EXIT_CODES, type ExitCode } from "../../kernel/exit-code.ts";
import { tellTenants } from "../render/tenants.ts";
import { createTenantProgress } from "../tenant-progress.ts";
import { lockPatience } from "../lock-patience.ts";
import { timeLimits } from "../time-limits.ts";
import type { Outcome } from "../outcome.ts";
import { streamProgress } from "../stream-progress.ts";
import { openProject, type Session } from "../session.ts";
import { readWholeNumber } from "../whole-number.ts";
import type { UpgradeFlags } from "./upgrade.ts";

type Numbers = Pick<UpgradeFlags, "concurrency" | "canary" | "maxFailures">;

function readCount(flag: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : readWholeNumber("upgrade", flag, value);
}

/** What the options say, where they say something; one failure at least is needed to stop. */
function readNumbers(flags: Numbers): {
  readonly concurrency?: number;
  readonly canary?: number;
  readonly maxFailures?: number;
} {
  const concurrency = readCount("--concurrency", flags.concurrency);
  const canary = readCount("--canary", flags.canary);
  const maxFailures = readCount("--max-failures", flags.maxFailures);
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(canary !== undefined && { canary }),
    ...(maxFailures !== undefined && { maxFailures: Math.max(maxFailures, 1) }),
  };
}

/** `limbeck upgrade --all`. */
export async function runUpgradeAll(session: Session, flags: UpgradeFlags, target: string): Promise<Outcome> {
  const progress = createTenantProgress(session);
  const { stream } = session.terminal;
  return session.world.interruptible(async (signal) => {
    const numbers = readNumbers(flags);
    const environment = await openProject(session, {
      signal,
      ...lockPatience("upgrade", flags),
      ...timeLimits("upgrade", flags),
    });
    const { strict } = flags;
    const options = { target, strict, ...numbers, ...(flags.confirm !== undefined && { confirm: flags.confirm }) };
    stream?.begin({ command: "upgrade", database: null });
    try {
      const result = await upgradeAll(environment, {
        ...options,
        onTenant: (report) => {
          progress.onTenant(report);
          stream?.write({ event: "tenantFinished", report }, report.tenant);
        },
        ...(stream && { onTenantEvent: (tenant, event) => streamProgress(stream, tenant).onEvent(event) }),
      });
      const exitCode: ExitCode =
        result.stopped === "interrupted"
          ? EXIT_CODES.interrupted
          : result.failed.length > 0
            ? EXIT_CODES.migrationFailed
            : EXIT_CODES.ok;
      const isFailure = exitCode !== EXIT_CODES.ok;
      return { data: result, story: (style) => tellTenants(result, style), isFailure, exitCode };
    } finally {
      progress.clear();
    }
  });
}
