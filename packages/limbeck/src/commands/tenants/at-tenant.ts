import { dirname } from "node:path";
import type { Tenant } from "../../config/limbeck-config.ts";
import { loadDialect } from "../../dialects/registry.ts";
import { configErrors } from "../../kernel/errors/config-errors.ts";
import { protectedName } from "../losses/consent.ts";
import type { Environment } from "../environment.ts";
import type { RunEvent } from "../../runtime/run-context.ts";

/**
 * The environment of a project with the database of a tenant in the place of its own. One confirmation counts for all of them: that of the project's database.
 *
 * @param onEvent hears what its run does
 * @throws ConfigError when the tenant is of another engine
 * @throws ConnectionError when its URL cannot be used
 */
export async function atTenant(
  environment: Environment,
  tenant: Tenant,
  onEvent: (event: RunEvent) => void,
): Promise<Environment> {
  const { dialect, config } = environment;
  const { connection: _own, ...shared } = config;
  const urlFolder = dirname(config.path);
  const asked = await loadDialect(tenant.url);
  if (asked !== dialect) {
    throw configErrors.tenantOfAnotherEngine({
      path: config.path,
      tenant: tenant.name,
      url: asked.redactUrl(tenant.url),
    });
  }
  const url = dialect.resolveUrl(tenant.url, urlFolder);
  return {
    ...environment,
    config: { ...shared, url, urlSource: "tenants", urlFolder, databaseName: protectedName(config) },
    database: url,
    onEvent,
  };
}
