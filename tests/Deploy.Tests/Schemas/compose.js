// Reads a compose file, merge keys resolved, and says it on standard output as JSON.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

console.log(JSON.stringify(parse(readFileSync(process.argv[2], 'utf8'), { merge: true, maxAliasCount: 1000 })));
