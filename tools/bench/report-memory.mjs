// Writes the memory of a process in kB to the file that MEMORY_REPORT names: the most that it had, and what was still in use at its end. Plain JavaScript, because
// stripping types needs memory too. In use is what is left once everything was let go of that nothing leads to, so that Node wants --expose-gc.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  globalThis.gc();
  const inUse = Math.round(process.memoryUsage().heapUsed / 1024);
  writeFileSync(process.env["MEMORY_REPORT"], JSON.stringify({ most: process.resourceUsage().maxRSS, inUse }));
});
