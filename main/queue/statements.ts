import type Database from 'better-sqlite3';

/** Prepares each statement once; the texts are literals of the stores, so the cache stays small. */
export type Statements = (text: string) => Database.Statement;

export function statementsOf(db: Database.Database): Statements {
  const prepared = new Map<string, Database.Statement>();
  return (text) => {
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
}
