import { postgresPairsAtRandom } from "../../../../tools/cases/postgres/random-engine.ts";
import { requirePostgres } from "../support/postgres-server.ts";
import { testRandomChanges } from "../random-changes.ts";

testRandomChanges("PostgreSQL", postgresPairsAtRandom, requirePostgres());
