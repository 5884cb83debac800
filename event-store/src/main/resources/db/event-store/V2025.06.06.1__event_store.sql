-- The append-only log, its receipts and its publisher's checkpoint.
--
-- Versions are dates here and should be in the migrations of the services that add this location to their own,
-- so that both may grow without renumbering.
-- Placeholder: application_role, the role that the running service connects as; it must exist.

-- The position of the newest event. One row. An append takes its lock last and holds it until it commits:
-- that makes positions gapless and the order of commits the order of positions.
create table log_head (
    only_row boolean primary key default true check (only_row),
    position bigint not null check (position >= 0)
) with (fillfactor = 10);

insert into log_head (position) values (0);

create table stream (
    stream_id text collate "C" primary key,
    version   bigint not null check (version >= 0)
) with (fillfactor = 70);

create table event (
    position       bigint primary key check (position > 0),
    append_end     bigint not null,
    event_id       uuid not null unique,
    stream_id      text collate "C" not null,
    version        bigint not null check (version > 0),
    type           text not null,
    schema_version integer not null check (schema_version > 0),
    data           jsonb not null,
    metadata       jsonb not null,
    recorded_at    timestamptz not null,
    unique (stream_id, version),
    check (append_end >= position)
);

comment on column event.position   is 'Place in the log: 1, 2, 3 …, without gaps.';
comment on column event.append_end is 'Position of the last event of the same append: readers apply an append whole or not at all.';
comment on column event.version    is 'Place in its stream: 1, 2, 3 …, without gaps.';

-- Called from inside the append, so that a refused append is an error that PostgreSQL itself makes the transaction
-- undo: no caller can commit half of it. EventStore turns the SQLSTATE into a VersionConflict.
create function require_stream_version(stream_id text, expected bigint, actual bigint) returns boolean
language plpgsql as $$
begin
    if actual <> expected then
        raise exception using
            errcode = 'LV409',
            message = format('stream %s is at version %s, not at %s', stream_id, actual, expected),
            detail  = format('%s %s %s', expected, actual, stream_id);
    end if;
    return true;
end
$$;

-- What a command was answered, so that the same command sent again is answered the same and changes nothing.
create table command_receipt (
    caller          text not null,
    idempotency_key text not null,
    body_sha256     text not null,
    status          integer not null,
    content_type    text not null,
    body            text not null,
    position        bigint not null check (position >= 0),
    recorded_at     timestamptz not null,
    primary key (caller, idempotency_key)
);

comment on column command_receipt.caller   is 'Who asked (the name of the API key): one caller''s keys never meet another''s.';
comment on column command_receipt.position is 'The head of the log after the command.';

create table publisher_checkpoint (
    log        text primary key,
    topic_id   text,
    generation integer not null check (generation >= 0),
    adopting   boolean not null,
    position   bigint not null check (position >= 0),
    updated_at timestamptz not null
);

comment on column publisher_checkpoint.topic_id   is 'The topic that position is about; null before there is one.';
comment on column publisher_checkpoint.generation is 'How often an operator has ordered a publication from the start.';
comment on column publisher_checkpoint.adopting   is 'The operator''s word to publish into whatever topic is found, from position 1.';
comment on column publisher_checkpoint.position   is 'Last position known to be on the topic; the topic may be one batch ahead, never behind.';

grant select, insert         on event                to ${application_role};
grant select, insert         on command_receipt      to ${application_role};
grant select, insert, update on stream               to ${application_role};
grant select, update         on log_head             to ${application_role};
grant select, insert, update on publisher_checkpoint to ${application_role};
