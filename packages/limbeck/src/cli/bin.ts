#!/usr/bin/env node
import module from "node:module";
import { explainOldNode } from "./node-version.ts";

async function start(): Promise<void> {
  module.enableCompileCache();
  // Only now, because an old Node could not even read it, and after the cache is on, so that it is read from there.
  const { runProcess } = await import("./run-process.ts");
  await runProcess(process);
}

const complaint = explainOldNode(process.versions.node);
if (complaint === undefined) {
  // Not awaited here: Node would warn of an unsettled await when code of the project ends the process.
  void start();
} else {
  process.stderr.write(complaint);
  process.exitCode = 2;
}
