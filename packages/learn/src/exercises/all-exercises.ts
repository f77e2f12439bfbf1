import type { Exercise } from "../exercise.ts";
import { again } from "./basics/again.ts";
import { apply } from "./basics/apply.ts";
import { configure } from "./basics/configure.ts";
import { edit } from "./basics/edit.ts";
import { init } from "./basics/init.ts";
import { look } from "./basics/look.ts";
import { preview } from "./basics/preview.ts";
import { revision } from "./basics/revision.ts";
import { rollback } from "./basics/rollback.ts";
import { status } from "./basics/status.ts";
import { adopt, adoptOnServers } from "./break-it/adopt.ts";
import { drift, driftOnServers } from "./break-it/drift.ts";
import { edited } from "./break-it/edited.ts";
import { halfApplied, halfAppliedOnMariadb } from "./break-it/half-applied.ts";
import { lockQueueOnPostgres } from "./break-it/lock-queue-on-postgres.ts";
import { lockQueue } from "./break-it/lock-queue.ts";
import { rebuild } from "./break-it/rebuild.ts";
import { rename } from "./break-it/rename.ts";
import { twoHeads } from "./break-it/two-heads.ts";
import { twoRunners, twoRunnersOnServers } from "./break-it/two-runners.ts";
import { deleteSoftly } from "./soft-delete/delete-softly.ts";
import { lists } from "./soft-delete/lists.ts";
import { liveTitles } from "./soft-delete/live-titles.ts";
import { restore } from "./soft-delete/restore.ts";
import { trashColumn } from "./soft-delete/trash-column.ts";
import { withTheTool } from "./soft-delete/with-the-tool.ts";

const BASICS: readonly Exercise[] = [init, configure, look, revision, edit, preview, apply, status, rollback, again];

const SOFT_DELETE: readonly Exercise[] = [trashColumn, deleteSoftly, liveTitles, lists, restore, withTheTool];

const BREAK_IT: readonly Exercise[] = [
  rename,
  twoHeads,
  edited,
  drift,
  halfApplied,
  rebuild,
  lockQueue,
  twoRunners,
  adopt,
];

/** Those that need a server; of several with one number a learner does one. */
const ON_A_SERVER: readonly Exercise[] = [
  halfAppliedOnMariadb,
  lockQueueOnPostgres,
  ...twoRunnersOnServers,
  ...driftOnServers,
  ...adoptOnServers,
];

/** The exercises, in their order. */
export const EXERCISES: readonly Exercise[] = [...BASICS, ...SOFT_DELETE, ...BREAK_IT, ...ON_A_SERVER];
