import { Validator } from "@seriousme/openapi-schema-validator";
import assert from "node:assert/strict";
import { it } from "node:test";
import { service } from "./support/service.ts";

async function fetchDescription(): Promise<{ paths: Record<string, object> }> {
  const response = await fetch(`${service.origin}/openapi.json`);
  return (await response.json()) as { paths: Record<string, object> };
}

it("the description of the API is valid OpenAPI 3.1", async () => {
  const document = await fetchDescription();
  const validator = new Validator();
  assert.deepEqual(await validator.validate(document), { valid: true });
  assert.equal(validator.version, "3.1");
  // A validator that passes everything would pass this as well.
  assert.equal((await new Validator().validate({ ...document, paths: { "no slash": {} } })).valid, false);
});

it("the description names every route", async () => {
  const { paths } = await fetchDescription();
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path.replace("/api/v1", "")}`),
  );
  assert.deepEqual(routes.toSorted(), [
    "delete /todos/{id}",
    "delete /trash/{id}",
    "get /health",
    "get /schema-version",
    "get /todos",
    "get /todos/{id}",
    "get /trash",
    "patch /todos/{id}",
    "post /todos",
    "post /todos/{id}/complete",
    "post /todos/{id}/restore",
    "post /trash/purge",
  ]);
});
