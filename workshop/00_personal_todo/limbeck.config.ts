import { defineConfig } from "limbeck";

export default defineConfig({
  url: "sqlite:todo.db",
  models: () => import("./app/models.ts"),
  migrations: "migrations",
  idStyle: "date-serial",
});
