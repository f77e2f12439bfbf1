import type { HookName } from "../runtime/hooks/config-hooks.ts";

/** A name of the type that is missing here does not compile. */
const NAMES: Readonly<Record<HookName, true>> = {
  beforeRun: true,
  beforeRevision: true,
  afterRevision: true,
  afterRun: true,
};

/** What `hooks` of the config may hold. */
export const HOOK_NAMES: readonly string[] = Object.keys(NAMES);

/** What is wrong with `hooks` of the config, if anything. */
export function findRunHooksProblem(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return value === null ? "null" : typeof value;
  for (const [name, hook] of Object.entries(value)) {
    if (name === "onVersionApply" || name === "on_version_apply") return `${name}, which is called afterRevision here`;
    if (!Object.hasOwn(NAMES, name)) return name;
    if (hook !== undefined && typeof hook !== "function") return `${name}, which is no function`;
  }
  return undefined;
}
