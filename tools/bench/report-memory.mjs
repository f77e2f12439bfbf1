// Writes the most memory that a process had, in kB, to the file that MEMORY_REPORT names. Plain JavaScript, because stripping types needs memory too.
import { writeFileSync } from "node:fs";

process.on("exit", () => writeFileSync(process.env["MEMORY_REPORT"], String(process.resourceUsage().maxRSS)));
