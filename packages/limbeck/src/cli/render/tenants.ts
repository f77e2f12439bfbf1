import type { TenantFailure, UpgradeAllResult } from "../../commands/tenants/upgrade-all.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { formatDuration } from "./duration.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind } from "./wrap-text.ts";

/** What went wrong at a tenant, in few lines: there may be many. */
export function renderTenantFailure({ tenant, code, title, why }: TenantFailure, style: Style): string {
  const { paint, symbols, width } = style;
  const head = paint("error", wrapBehind(symbols.error, `${tenant} ${symbols.dot} ${code} ${title}`, width));
  const [reason = ""] = why.split("\n");
  return reason === "" ? head : `${head}\n${paint("dim", wrapBehind(" ", reason, width))}`;
}

const WHY_STOPPED = {
  failures: "The others were not tried.",
  interrupted: "Stopped on request: the others were not tried.",
} as const;

/** How a run over all tenants ended, and what to type next. */
export function tellTenants(result: UpgradeAllResult, style: Style): string {
  const { target, upgraded, upToDate, failed, stopped, milliseconds } = result;
  const { paint, symbols, width } = style;
  const total = upgraded + upToDate + failed.length;
  const counts = [
    `${upgraded} upgraded`,
    `${upToDate} up to date`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
  ];
  const verdict = `${count(total, "tenant")} in ${formatDuration(milliseconds)}: ${counts.join(", ")}.`;
  const isGood = failed.length === 0 && stopped === null;
  return [
    paint(
      isGood ? "good" : "error",
      wrapBehind(
        isGood ? symbols.done : symbols.error,
        stopped === null ? verdict : `${verdict} ${WHY_STOPPED[stopped]}`,
        width,
      ),
    ),
    ...(isGood ? [] : [renderNext(`limbeck upgrade ${target} --all`, style)]),
  ].join("\n");
}
