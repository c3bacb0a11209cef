/**
 * Writes the API description of the documentation from the schemas that check the requests.
 * `--check` writes nothing and fails when the file is out of date: the gate runs this.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../main/api/openapi.ts';

const file = path.resolve(import.meta.dirname, '../docs/generated/openapi.json');
const packageJson: { version: string } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8'),
);
const wanted = `${JSON.stringify(openApiDocument('http://localhost:8000', packageJson.version), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
} else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('docs/generated/openapi.json is out of date: run "node scripts/run.mjs scripts/openapi.ts".');
  process.exitCode = 1;
}
