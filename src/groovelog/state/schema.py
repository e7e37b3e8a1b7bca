"""The tables of state.db, as steps: a step that was released is never changed, the next one goes behind it.

Instants are text in UTC (`database.stored`); secrets are sealed (`sealing`).
"""

_FIRST = (
    """CREATE TABLE sign_ins (
        listener_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, account_id TEXT, display_name TEXT, scopes TEXT NOT NULL,
        authorized_at TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('ok', 'reauth_required')), reason TEXT,
        access_token BLOB, access_expires_at TEXT, refresh_token BLOB
    ) STRICT""",
    """CREATE TABLE pending (
        state TEXT PRIMARY KEY, listener TEXT NOT NULL, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL,
        scopes TEXT NOT NULL, verifier BLOB, timezone TEXT NOT NULL, by TEXT NOT NULL, begun_at TEXT NOT NULL,
        taken_at TEXT, outcome TEXT, message TEXT
    ) STRICT""",
    """CREATE TABLE calls (
        call_id INTEGER PRIMARY KEY, account TEXT NOT NULL, client_id TEXT NOT NULL, listener_id TEXT NOT NULL,
        kind TEXT NOT NULL, at TEXT NOT NULL, status INTEGER, reason TEXT
    ) STRICT""",
    "CREATE INDEX calls_of_account ON calls (account, at)",
    "CREATE INDEX calls_by_time ON calls (at)",
    """CREATE TABLE blocks (
        scope TEXT NOT NULL CHECK (scope IN ('account', 'listener')), key TEXT NOT NULL,
        since TEXT NOT NULL, until TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX blocks_by_end ON blocks (until)",
    """CREATE TABLE leases (
        name TEXT PRIMARY KEY, holder TEXT NOT NULL, process TEXT NOT NULL, until TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE polls (
        listener_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (listener_id, key)
    ) STRICT""",
)

# What a group needs. Passwords, session words, keys and invitations are kept as hashes alone.
_GROUP = (
    """CREATE TABLE members (
        listener_id TEXT PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('owner', 'member')), password_hash TEXT,
        joined_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE invitations (
        word_hash TEXT PRIMARY KEY, listener TEXT, role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
        created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT
    ) STRICT""",
    """CREATE TABLE sessions (
        word_hash TEXT PRIMARY KEY, listener_id TEXT NOT NULL, created_at TEXT NOT NULL, last_seen_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX sessions_of_listener ON sessions (listener_id)",
    """CREATE TABLE api_keys (
        key_id TEXT PRIMARY KEY, key_hash TEXT NOT NULL UNIQUE, listener_id TEXT NOT NULL,
        scope TEXT NOT NULL CHECK (scope IN ('read', 'submit', 'write')), created_at TEXT NOT NULL, last_used_at TEXT,
        revoked_at TEXT
    ) STRICT""",
    "CREATE TABLE failed_attempts (key TEXT NOT NULL, at TEXT NOT NULL) STRICT",
    "CREATE INDEX failed_attempts_by_key ON failed_attempts (key, at)",
    """CREATE TABLE looks (
        viewer_id TEXT NOT NULL, listener_id TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (listener_id, viewer_id, what)
    ) STRICT""",
)

MIGRATIONS = (_FIRST, _GROUP)
