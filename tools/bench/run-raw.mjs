// What the driver alone needs: runs the statements of a JSON file on a new database and prints the milliseconds.
// Plain JavaScript, because stripping types would be counted against the driver.
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const [statements, path] = process.argv.slice(2);
const start = performance.now();
const database = new DatabaseSync(path);
for (const statement of JSON.parse(readFileSync(statements, "utf8"))) database.exec(statement);
database.close();
console.log(performance.now() - start);
