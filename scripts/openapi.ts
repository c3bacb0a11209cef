/**
 * Writes the API description of the documentation (docs/generated/openapi.json) from the schemas that check the
 * requests. With `--check` it only compares: the gate fails when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../main/api/openapi.ts';

const root = path.resolve(import.meta.dirname, '..');

export const openApiFile = path.join(root, 'docs/generated/openapi.json');

/** What the file must hold. */
export function openApiText(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return `${JSON.stringify(openApiDocument('http://localhost:8000', version), null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  if (!process.argv.includes('--check')) writeFileSync(openApiFile, openApiText());
  else if (readFileSync(openApiFile, 'utf8') === openApiText())
    console.log('docs/generated/openapi.json is up to date.');
  else {
    console.error('docs/generated/openapi.json is out of date: run `node scripts/run.mjs scripts/openapi.ts`.');
    process.exitCode = 1;
  }
}
