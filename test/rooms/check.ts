// The rooms as a step of `npm run check`: quick, and without the tests around it.
import { fileURLToPath } from 'node:url';
import { complaintsAboutAll } from './imports.ts';
import { ROOMS } from './table.ts';

const { files, complaints } = complaintsAboutAll(fileURLToPath(new URL('../../src', import.meta.url)), ROOMS);
for (const complaint of complaints) console.log(complaint);
console.log(`${files} files looked at, ${complaints.length} wrong imports.`);
process.exitCode = complaints.length === 0 ? 0 : 1;
