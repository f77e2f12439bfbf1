import { callConfig, refuseAnswer } from "../../config/call-config.ts";
import type { Tenant } from "../../config/limbeck-config.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { configErrors } from "../../kernel/errors/config-errors.ts";

const EXPECTED = "a function that lists { name, url }";

function requireTenant(config: ResolvedConfig, answer: unknown): Tenant {
  if (typeof answer === "object" && answer !== null && "name" in answer && "url" in answer) {
    const { name, url } = answer;
    if (typeof name === "string" && name !== "" && typeof url === "string" && url !== "") return { name, url };
  }
  return refuseAnswer(config, { key: "tenants", expected: EXPECTED, answer });
}

const isIterable = (value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

/**
 * Lists the tenants of a config one after the other: there may be more than fit into memory.
 *
 * @throws ConfigError when the config has none, or what lists them fails
 */
export async function* readTenants(config: ResolvedConfig): AsyncGenerator<Tenant, undefined, undefined> {
  const { tenants, path } = config;
  if (!tenants) throw configErrors.tenantsMissing({ path });
  const listed: unknown = await callConfig(config, tenants);
  if (!isIterable(listed)) return refuseAnswer(config, { key: "tenants", expected: EXPECTED, answer: listed });
  const iterator = Symbol.asyncIterator in listed ? listed[Symbol.asyncIterator]() : listed[Symbol.iterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await callConfig(config, async () => iterator.next());
      isOver = next.done === true;
      if (next.done === true) return undefined;
      yield requireTenant(config, next.value);
    }
  } finally {
    // It may hold something open, a connection to the database that it asks.
    if (!isOver) await callConfig(config, async () => iterator.return?.());
  }
}
