/**
 * The database's history: entry n brings schema n to n + 1. Entries are never changed after a release, only added;
 * tests/queue/database.test.ts holds one test for each.
 */
export const migrations: readonly string[] = [
  // 1: tasks, their reports, settings
  `
  CREATE TABLE tasks (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    draft_key     TEXT NOT NULL,
    draft_url     TEXT NOT NULL,
    name          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
    stage         TEXT CHECK (stage IN ('fetch', 'ready', 'export', 'publish')),
    token         TEXT,
    -- Place in the waiting line, ascending; moving a task changes only its own.
    rank          REAL NOT NULL,
    attempt       INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    crashes       INTEGER NOT NULL DEFAULT 0,
    not_before_ms INTEGER,
    cancel_asked  INTEGER NOT NULL DEFAULT 0 CHECK (cancel_asked IN (0, 1)),
    engine        TEXT,
    created_ms    INTEGER NOT NULL,
    started_ms    INTEGER,
    completed_ms  INTEGER,
    duration_ms   REAL,
    error_code    TEXT,
    error_params  TEXT,
    warnings      TEXT NOT NULL DEFAULT '[]',
    timings       TEXT NOT NULL DEFAULT '[]',
    video_url     TEXT,
    video_file    TEXT,
    video_bytes   INTEGER,
    has_cover     INTEGER NOT NULL DEFAULT 0 CHECK (has_cover IN (0, 1)),
    CHECK ((state = 'processing') = (stage IS NOT NULL AND token IS NOT NULL)),
    CHECK ((state = 'failed') = (error_code IS NOT NULL))
  ) STRICT;

  CREATE INDEX tasks_newest_of_draft ON tasks (draft_key, seq DESC);
  -- One live task per draft, whoever races.
  CREATE UNIQUE INDEX tasks_live_draft ON tasks (draft_key) WHERE state IN ('pending', 'processing');
  CREATE INDEX tasks_line ON tasks (rank, seq) WHERE state = 'pending';
  CREATE INDEX tasks_by_state ON tasks (state, seq);
  CREATE INDEX tasks_created ON tasks (created_ms);
  CREATE INDEX tasks_finished ON tasks (completed_ms) WHERE completed_ms IS NOT NULL;

  -- Counting a million rows takes too long for a status line.
  CREATE TABLE task_counts (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
  INSERT INTO task_counts VALUES ('pending', 0), ('processing', 0), ('completed', 0), ('failed', 0), ('cancelled', 0);
  CREATE TRIGGER tasks_count_insert AFTER INSERT ON tasks BEGIN
    UPDATE task_counts SET n = n + 1 WHERE state = new.state;
  END;
  CREATE TRIGGER tasks_count_update AFTER UPDATE OF state ON tasks WHEN old.state <> new.state BEGIN
    UPDATE task_counts SET n = n - 1 WHERE state = old.state;
    UPDATE task_counts SET n = n + 1 WHERE state = new.state;
  END;
  CREATE TRIGGER tasks_count_delete AFTER DELETE ON tasks BEGIN
    UPDATE task_counts SET n = n - 1 WHERE state = old.state;
  END;

  CREATE TABLE inspections (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq) ON DELETE CASCADE,
    report   TEXT NOT NULL
  ) STRICT;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
  // 2: search in a million tasks without reading them all. Only finished tasks are in it: there are few live ones, and a
  // submission should not wait for an index that nobody may ask.
  `
  CREATE VIRTUAL TABLE task_words USING fts5 (name, draft_url, id, content = 'tasks', content_rowid = 'seq', tokenize = 'trigram');
  INSERT INTO task_words (rowid, name, draft_url, id)
    SELECT seq, name, draft_url, id FROM tasks WHERE completed_ms IS NOT NULL;
  CREATE TRIGGER tasks_words_insert AFTER INSERT ON tasks WHEN new.completed_ms IS NOT NULL BEGIN
    INSERT INTO task_words (rowid, name, draft_url, id) VALUES (new.seq, new.name, new.draft_url, new.id);
  END;
  CREATE TRIGGER tasks_words_ended AFTER UPDATE OF completed_ms ON tasks
    WHEN old.completed_ms IS NULL AND new.completed_ms IS NOT NULL BEGIN
    INSERT INTO task_words (rowid, name, draft_url, id) VALUES (new.seq, new.name, new.draft_url, new.id);
  END;
  CREATE TRIGGER tasks_words_delete AFTER DELETE ON tasks WHEN old.completed_ms IS NOT NULL BEGIN
    INSERT INTO task_words (task_words, rowid, name, draft_url, id) VALUES ('delete', old.seq, old.name, old.draft_url, old.id);
  END;
  `,
  // 3: one notice per ended task to the operator's webhook. What it says is made from the task when it is sent.
  `
  CREATE TABLE deliveries (
    task_seq     INTEGER PRIMARY KEY REFERENCES tasks (seq) ON DELETE CASCADE,
    -- Sent with every try: the receiver knows a repetition by it.
    id           TEXT NOT NULL UNIQUE,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given_up')),
    tries        INTEGER NOT NULL DEFAULT 0,
    created_ms   INTEGER NOT NULL,
    due_ms       INTEGER,
    tried_ms     INTEGER,
    -- What the receiver said last: an HTTP status or what went wrong.
    answer       TEXT,
    error_code   TEXT,
    error_params TEXT,
    CHECK ((state = 'waiting') = (due_ms IS NOT NULL)),
    CHECK ((state = 'given_up') = (error_code IS NOT NULL))
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (due_ms) WHERE state = 'waiting';
  CREATE INDEX deliveries_given_up ON deliveries (tried_ms) WHERE state = 'given_up';
  `,
];
