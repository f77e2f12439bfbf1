#!/usr/bin/env node
import module from "node:module";
import { explainOldNode } from "./node-version.ts";

const complaint = explainOldNode(process.versions.node);
if (complaint === undefined) {
  module.enableCompileCache();
  // Only now, because an old Node could not even read it, and after the cache is on, so that it is read from there.
  const { runProcess } = await import("./run-process.ts");
  await runProcess(process);
} else {
  process.stderr.write(complaint);
  process.exitCode = 2;
}
