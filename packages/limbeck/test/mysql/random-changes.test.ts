import { mariadbPairsAtRandom } from "../../../../tools/cases/mariadb/random-engine.ts";
import { requireMariadb } from "../support/mariadb-server.ts";
import { testRandomChanges } from "../random-changes.ts";

testRandomChanges("MariaDB", mariadbPairsAtRandom, requireMariadb());
