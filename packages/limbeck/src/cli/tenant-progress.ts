import type { TenantReport } from "../commands/tenants/upgrade-all.ts";
import { createLiveLine } from "./live-line.ts";
import { count } from "./render/count.ts";
import { formatDuration } from "./render/duration.ts";
import { renderTenantFailure } from "./render/tenants.ts";
import type { Session } from "./session.ts";

/** Tells how far a run over all tenants is. */
export interface TenantProgress {
  readonly onTenant: (report: TenantReport) => void;
  /** Takes the line away that is written over. */
  readonly clear: () => void;
}

/**
 * Makes the view of a run over all tenants: numbers that are written over where the terminal can do that, a line for each tenant that was upgraded elsewhere; failures
 * are told of at once, and stay.
 */
export function createTenantProgress(session: Session): TenantProgress {
  const { terminal } = session;
  const { style, tell, complain } = terminal;
  const live = createLiveLine(session);
  const counts = { upgraded: 0, upToDate: 0, failed: 0 };
  const showCounts = (tenant: string): void =>
    live.show(
      `${counts.upgraded} upgraded, ${counts.upToDate} up to date, ${counts.failed} failed ${style.symbols.dot} ${tenant}`,
    );
  return {
    onTenant: (report) => {
      counts[report.kind] += 1;
      if (report.kind === "failed") {
        live.clear();
        complain(`${renderTenantFailure(report, style)}\n`);
      }
      if (live.isErasable) return showCounts(report.tenant);
      if (report.kind !== "upgraded") return undefined;
      const { tenant, steps, milliseconds } = report;
      return tell(
        `${style.symbols.up} ${tenant} ${style.symbols.dot} ${count(steps, "revision")}, ${formatDuration(milliseconds)}\n`,
      );
    },
    clear: live.clear,
  };
}
