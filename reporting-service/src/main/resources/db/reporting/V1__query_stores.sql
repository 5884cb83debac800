-- One row for each log whose topic we project. The position says what has been applied; the offset serves only to seek.
create table log (
  name        text   primary key,
  position    bigint not null default 0,
  topic_id    text,
  next_offset bigint not null default 0
);

-- The public change log: gapless, kept whole, never updated. Its epoch is minted when it is built anew.
create table change (
  sequence        bigint      primary key,
  log             text        not null,
  position        bigint      not null,
  append_end      bigint      not null,           -- the sequence that ends the transaction this change came in
  event_id        uuid        not null unique,
  type            text        not null,
  subject         text        not null,
  known_at        timestamptz not null,
  recorded_at     timestamptz not null,
  newest_known_at timestamptz not null,           -- the latest known_at up to here
  states          text[]      not null,           -- before and after, for filters
  models          text[]      not null,
  agency_types    text[]      not null,
  agency_ids      uuid[]      not null,
  event           json        not null,           -- the CloudEvent as it was published
  unique (log, position)
);
create index change_subject on change (subject, sequence);
create index change_known on change (known_at, sequence);

create table change_head (
  only_row             boolean primary key default true check (only_row),
  epoch                text    not null,
  sequence             bigint  not null default 0,
  newest_known_at      timestamptz,
  sample               boolean,
  completeness_version bigint  not null default 0  -- moves when something is parked or repaired, even if no change comes
);
insert into change_head (epoch) values (left(replace(gen_random_uuid()::text, '-', ''), 8));

-- Why answers are incomplete. A row holds for answers at from_sequence <= sequence < to_sequence.
create table completeness (
  id            bigint generated always as identity primary key,
  reason        text   not null check (reason in ('parked', 'listed_count')),
  subject       text   not null,
  words         text   not null,
  from_sequence bigint not null,
  to_sequence   bigint not null default 9223372036854775807
);
create index completeness_sequence on completeness (to_sequence);

-- Events that could not be projected, and every later event of the same subject, as raw bytes.
create table parked_event (
  id          uuid        primary key,
  log         text        not null,
  position    bigint      not null,               -- presumed, while readable is false
  readable    boolean     not null,
  record_offset bigint    not null,
  subject     text        not null,
  raw         bytea       not null,
  problem     text        not null,
  parked_at   timestamptz not null,
  replayed_at timestamptz
);
create index parked_event_open on parked_event (log, subject, position) where replayed_at is null;

-- Versions. Each row is a rectangle: what we held to be so for readers who ask as of [known_from, known_to), at change
-- sequences [from_sequence, to_sequence). The rectangles of one thing never overlap. Current: both ends open.
-- Images are kept out of line, so that counting reads narrow rows.
create table agency_version (
  agency_id       uuid        not null,
  known_from      timestamptz not null,
  known_to        timestamptz not null,
  from_sequence   bigint      not null,
  to_sequence     bigint      not null,
  change_sequence bigint      not null,           -- the change that says so: the way to the receipt
  name            text        not null,
  state           text,
  county          text,
  agency_type     text,
  merged_into     uuid,
  image           json        not null,
  primary key (agency_id, from_sequence, known_from)
);
create unique index agency_version_open on agency_version (agency_id, known_from)
  where to_sequence = 9223372036854775807;
create index agency_version_current on agency_version (agency_id) include (merged_into)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
create index agency_version_point on agency_version
  using gist (int8range(from_sequence, to_sequence), tstzrange(known_from, known_to));

create table agreement_version (
  agreement_id    uuid        not null,
  known_from      timestamptz not null,
  known_to        timestamptz not null,
  from_sequence   bigint      not null,
  to_sequence     bigint      not null,
  change_sequence bigint      not null,
  agency_id       uuid        not null,
  agency_name     text        not null,
  state           text,
  county          text,
  agency_type     text,
  support_type    text,
  status          text        not null,
  listed          boolean     not null,
  signed_on       date,
  signed_precision text       not null,
  signed_earliest date        not null,           -- the days on which it can have been signed
  signed_latest   date        not null,
  ended_earliest  date,                           -- the days on which a document lets it have ended; null: no document
  ended_latest    date,
  first_listed_at timestamptz,
  last_listed_at  timestamptz,
  last_listed_on  date,                           -- in New York
  image           json        not null,
  primary key (agreement_id, from_sequence, known_from)
);
create unique index agreement_version_open on agreement_version (agreement_id, known_from)
  where to_sequence = 9223372036854775807;
create index agreement_version_current on agreement_version (state, support_type)
  include (agency_id, agency_type, status, listed, signed_earliest, signed_latest, ended_earliest, ended_latest, last_listed_on)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
create index agreement_version_point on agreement_version
  using gist (int8range(from_sequence, to_sequence), tstzrange(known_from, known_to));
create index agreement_version_agency on agreement_version (agency_id);

create table application_version (
  application_id  uuid        not null,
  known_from      timestamptz not null,
  known_to        timestamptz not null,
  from_sequence   bigint      not null,
  to_sequence     bigint      not null,
  change_sequence bigint      not null,
  agency_id       uuid        not null,
  agency_name     text        not null,
  state           text,
  county          text,
  agency_type     text,
  support_type    text,
  status          text        not null,
  listed          boolean     not null,
  agreement_id    uuid,
  first_listed_at timestamptz,
  last_listed_at  timestamptz,
  image           json        not null,
  primary key (application_id, from_sequence, known_from)
);
create unique index application_version_open on application_version (application_id, known_from)
  where to_sequence = 9223372036854775807;
create index application_version_current on application_version (state, support_type)
  include (agency_id, agency_type, status, listed, first_listed_at, last_listed_at)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
create index application_version_point on application_version
  using gist (int8range(from_sequence, to_sequence), tstzrange(known_from, known_to));

create table sheet_version (
  sheet_id        uuid        not null,
  known_from      timestamptz not null,
  known_to        timestamptz not null,
  from_sequence   bigint      not null,
  to_sequence     bigint      not null,
  change_sequence bigint      not null,
  kind            text        not null,
  status          text        not null,
  published_at    timestamptz not null,
  listed_after    integer,
  image           json        not null,
  primary key (sheet_id, from_sequence, known_from)
);
create unique index sheet_version_open on sheet_version (sheet_id, known_from)
  where to_sequence = 9223372036854775807;
create index sheet_version_kind on sheet_version (kind, status, published_at);

alter table agency_version      set (toast_tuple_target = 256);
alter table agreement_version   set (toast_tuple_target = 256);
alter table application_version set (toast_tuple_target = 256);
