-- Files of operations and claims: received in pieces, worked off in pieces, each in the transaction that appends its
-- events. So a job is always exactly as far as its rows say, whatever was killed when.
-- Placeholder: application_role, the role that the running service connects as; it must exist.

create table bulk_job (
    job_id          uuid primary key,
    number          bigint generated always as identity unique,
    caller          text not null,
    idempotency_key text,
    body_sha256     text,
    format          text not null check (format in ('ndjson', 'csv')),
    file_name       text,
    csv_header      text,
    sample          boolean,
    state           text not null check (state in ('receiving', 'queued', 'running', 'done', 'stopped')),
    message         text,
    lines_total     bigint not null default 0,
    lines_recorded  bigint not null default 0,
    lines_unchanged bigint not null default 0,
    lines_failed    bigint not null default 0,
    pieces          integer not null default 0,
    next_piece      integer not null default 1,
    position        bigint,
    received_at     timestamptz not null,
    moved_at        timestamptz not null,
    finished_at     timestamptz
);

comment on column bulk_job.sample   is 'What the sender says that the file holds; null: what the ledger holds.';
comment on column bulk_job.message  is 'Why it was stopped.';
comment on column bulk_job.moved_at is 'When a piece was last received or worked off.';
comment on column bulk_job.position is 'The newest position of the log that it led to.';

create unique index bulk_job_key on bulk_job (caller, idempotency_key)
    where idempotency_key is not null and state <> 'receiving';
create index bulk_job_open on bulk_job (number) where state in ('receiving', 'queued', 'running');

-- Some hundreds of lines as they came, deleted when they are worked off.
create table bulk_piece (
    job_id uuid not null references bulk_job,
    piece  integer not null check (piece > 0),
    lines  bytea not null,
    primary key (job_id, piece)
);

-- Lines that are in the ledger, by the name that their sender gave them: sent again, they change nothing.
create table bulk_line (
    caller      text not null,
    line_id     text not null,
    line_sha256 bytea not null,
    job_id      uuid not null,
    line        bigint not null,
    primary key (caller, line_id)
);

create table bulk_failure (
    job_id  uuid not null references bulk_job,
    line    bigint not null,
    line_id text,
    code    text not null,
    field   text,
    reason  text not null,
    primary key (job_id, line)
);

grant select, insert, update, delete on bulk_job     to ${application_role};
grant select, insert, delete         on bulk_piece   to ${application_role};
grant select, insert                 on bulk_line    to ${application_role};
grant select, insert, delete         on bulk_failure to ${application_role};
