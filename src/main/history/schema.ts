/**
 * Each entry brings the database from the version of its index to the next. Entries are never changed once released.
 * No column holds a URL, a key id or a secret: links are derived again from what is here and the credentials.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE shares (
     id                   TEXT PRIMARY KEY,
     name                 TEXT NOT NULL,
     size                 INTEGER,
     bucket               TEXT NOT NULL,
     key                  TEXT NOT NULL,
     region               TEXT NOT NULL,
     endpoint             TEXT,
     path_style           INTEGER NOT NULL,
     origin               TEXT NOT NULL,
     signer               TEXT NOT NULL,
     signed_at            INTEGER NOT NULL,
     expires_in_seconds   INTEGER NOT NULL,
     requested_expires_at INTEGER NOT NULL,
     limited_by           TEXT,
     status               TEXT NOT NULL,
     upload_id            TEXT,
     shared_at            INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX shares_by_age ON shares (shared_at DESC);`,
  // Where the file lay, so that a failed share can be sent again under the link that was given out.
  `ALTER TABLE shares ADD COLUMN path TEXT;`,
  // Which of AWS's endpoints the link goes to, where it is not the plain one: “dualstack fips”.
  `ALTER TABLE shares ADD COLUMN endpoint_variants TEXT;`,
  // What taking an upload up again needs: how the file was cut, how the object is known, and which process sends it.
  `ALTER TABLE shares ADD COLUMN part_size INTEGER;
   ALTER TABLE shares ADD COLUMN upload_mark TEXT;
   ALTER TABLE shares ADD COLUMN holder TEXT;`,
  // What a link itself chooses for its answer; what somebody else was invited to upload; what is stored with an object.
  `ALTER TABLE shares ADD COLUMN overrides TEXT;
   ALTER TABLE shares ADD COLUMN invitation TEXT;
   ALTER TABLE shares ADD COLUMN description TEXT;`,
  // The one version that a link leads to, and when the object is to be deleted, where either was chosen.
  `ALTER TABLE shares ADD COLUMN version_id TEXT;
   ALTER TABLE shares ADD COLUMN gone_at INTEGER;`,
  // What became of the object when it was taken away: “deleted”, “hidden”, “found-gone” or “not-ours”.
  `ALTER TABLE shares ADD COLUMN removal TEXT;`,
  // Bytes that had arrived when a person paused the upload, so that it is still paused at the next start.
  `ALTER TABLE shares ADD COLUMN paused_bytes INTEGER;`,
  // When the last of a share's links ends: an earlier one may outlive the newest.
  `ALTER TABLE shares ADD COLUMN last_end INTEGER;
   UPDATE shares SET last_end = max(signed_at + expires_in_seconds * 1000, coalesce(gone_at, 0));`,
];
