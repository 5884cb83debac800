// node follow.mjs ADDRESS CURSOR_FILE: prints the cursor, id and type of every change; goes on where it was stopped.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { changes } from "./subscribe.mjs";

const [address, file] = process.argv.slice(2);
const cursor = existsSync(file) ? readFileSync(file, "utf8").trim() : "latest";
for await (const told of changes(address, { cursor })) {
  if (told.change) console.log(told.cursor, told.change.id, told.change.type);
  writeFileSync(file + ".new", told.cursor); // after its change is dealt with, so that none is missed
  renameSync(file + ".new", file);
}
