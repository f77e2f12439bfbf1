import assert from "node:assert/strict";
import { it } from "node:test";
import { assertValidDescription, listRoutes } from "./support/openapi.ts";
import { service } from "./support/service.ts";

it("the description of the API is valid OpenAPI 3.1", () => assertValidDescription(service.origin));

it("the description names every route", async () => {
  assert.deepEqual(await listRoutes(service.origin), [
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
