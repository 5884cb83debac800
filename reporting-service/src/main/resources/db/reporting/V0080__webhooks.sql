-- Subscribers' endpoints. Each is a cursor into the change log that is kept here: what has not been delivered is not
-- passed, however long it takes. Nothing of this can be projected again from the topics.
create table webhook (
  webhook_id       uuid        primary key,
  owner            text        not null,          -- the name of the API key that made it
  url              text        not null,
  description      text,
  filter           text        not null,          -- the parameters of GET /v1/stream, in canonical form
  status           text        not null check (status in ('active', 'paused', 'disabled')),
  reason           text,                          -- why it is not active, or what failed last
  held             boolean     not null,          -- only an administrator may resume it
  verified         boolean     not null,          -- the endpoint has echoed a challenge
  epoch            text        not null,          -- everything up to this cursor that the filter takes has been
  sequence         bigint      not null,          --   delivered
  failures         integer     not null,          -- in a row
  failing_since    timestamptz,
  due_at           timestamptz not null,          -- not before
  secret           bytea       not null,          -- sealed
  secret_key       text        not null,          -- with which key
  old_secret       bytea,                         -- signs beside the other until its time is over
  old_secret_key   text,
  old_secret_until timestamptz,
  leased_by        uuid,                          -- the worker that delivers now; it is free when that one is not alive
  lease            bigint      not null default 0, -- counts the leases, so that a worker that lost one can tell
  idempotency_key  text,
  request_sha256   bytea,
  created_at       timestamptz not null,
  unique (owner, idempotency_key)
);
create index webhook_owner on webhook (owner, webhook_id);
-- What a worker looks for, many times a second: those behind the head, those of another epoch, those to be challenged.
create index webhook_behind on webhook (sequence) where status = 'active';
create index webhook_epoch on webhook (epoch) where status = 'active';
create index webhook_unverified on webhook (due_at) where status = 'active' and not verified;

-- Instances that deliver. One that does not say in time that it is alive has lost its leases.
create table webhook_worker (
  worker_id   uuid        primary key,
  alive_until timestamptz not null
);

-- What was tried.
create table webhook_delivery (
  delivery_id  bigint      generated always as identity primary key,
  webhook_id   uuid        not null references webhook on delete cascade,
  message_id   text        not null,
  kind         text        not null check (kind in ('change', 'challenge', 'reset', 'test')),
  cursor       text,
  attempt      integer     not null,
  outcome      text        not null check (outcome in ('delivered', 'failed', 'refused')),
  http_status  integer,
  detail       text        not null,
  response     text,                              -- the beginning of the answer's body
  duration_ms  integer     not null,
  attempted_at timestamptz not null
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, delivery_id);
