/** Starts the service: `make run`. */
import { createApp } from "./app/app.ts";
import { settings } from "../00_personal_todo/app/core/config.ts";
import { openDatabase } from "./app/core/database.ts";
import { serveApp } from "../00_personal_todo/app/core/server.ts";

const db = openDatabase(settings.databaseUrl);

await serveApp(createApp(db), db);
