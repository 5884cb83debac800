-- Versions of operations and claims, rectangles like the others.
create table operation_version (
  operation_id    uuid        not null,
  known_from      timestamptz not null,
  known_to        timestamptz not null,
  from_sequence   bigint      not null,
  to_sequence     bigint      not null,
  change_sequence bigint      not null,
  name            text        not null,
  status          text        not null,
  scope           text        not null,
  states          text[]      not null,           -- of its places
  starts_earliest date        not null,           -- the days on which it can have begun
  starts_latest   date        not null,
  overlapping     uuid[]      not null,           -- operations whose figures may hold the same people
  partner_keys    jsonb       not null,           -- for each partner, in order, what agencies are found by, best first
  image           json        not null,
  primary key (operation_id, from_sequence, known_from)
);
create unique index operation_version_open on operation_version (operation_id, known_from)
  where to_sequence = 9223372036854775807;
create index operation_version_current on operation_version (scope, status, operation_id)
  include (states, starts_earliest, starts_latest)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
create index operation_version_point on operation_version
  using gist (int8range(from_sequence, to_sequence), tstzrange(known_from, known_to));

create table claim_version (
  claim_id        uuid        not null,
  known_from      timestamptz not null,
  known_to        timestamptz not null,
  from_sequence   bigint      not null,
  to_sequence     bigint      not null,
  change_sequence bigint      not null,
  operation_id    uuid        not null,
  metric          text        not null,
  status          text        not null,
  preferred       boolean     not null,
  official        boolean     not null,
  qualifier       text        not null,
  low             bigint,                         -- null: nothing is certain
  high            bigint,
  claimed_at      timestamptz not null,           -- when the public could know it
  supersedes      uuid,
  image           json        not null,
  primary key (claim_id, from_sequence, known_from)
);
create unique index claim_version_open on claim_version (claim_id, known_from)
  where to_sequence = 9223372036854775807;
create index claim_version_current on claim_version (operation_id, metric)
  include (status, preferred, official, claimed_at, low, high, qualifier)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
create index claim_version_operation on claim_version (operation_id);
create index claim_version_point on claim_version
  using gist (int8range(from_sequence, to_sequence), tstzrange(known_from, known_to));

-- What the partners of operations find an agency by: its names and what can be made of them, each with its state.
alter table agency_version add column name_keys text[] not null default '{}';

alter table operation_version set (toast_tuple_target = 256);
alter table claim_version     set (toast_tuple_target = 256);
