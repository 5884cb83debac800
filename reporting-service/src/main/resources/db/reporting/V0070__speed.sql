-- What partners of operations find agencies by, and what agencies are found by: one row for each key of each version, the
-- version's rectangle in each, so that the planner knows how many agencies a key leads to.
create table agency_name_key (
  agency_id     uuid        not null,
  known_from    timestamptz not null,
  known_to      timestamptz not null,
  from_sequence bigint      not null,
  to_sequence   bigint      not null,
  key           text        not null
);
insert into agency_name_key
select a.agency_id, a.known_from, a.known_to, a.from_sequence, a.to_sequence, k.key
  from agency_version a
 cross join unnest(a.name_keys) k (key);
create index agency_name_key_key on agency_name_key (key)
  include (agency_id, known_from, known_to, from_sequence, to_sequence);
create index agency_name_key_open on agency_name_key (agency_id, known_from)
  where to_sequence = 9223372036854775807;
alter table agency_version drop column name_keys;

create table operation_partner_key (
  operation_id  uuid        not null,
  known_from    timestamptz not null,
  known_to      timestamptz not null,
  from_sequence bigint      not null,
  to_sequence   bigint      not null,
  ordinal       integer     not null,             -- the partner's place in its operation, from 1
  rank          integer     not null,             -- the best key has the lowest
  key           text        not null
);
insert into operation_partner_key
select o.operation_id, o.known_from, o.known_to, o.from_sequence, o.to_sequence, p.ordinal, k.rank, k.key
  from operation_version o
 cross join jsonb_array_elements(o.partner_keys) with ordinality p (keys, ordinal)
 cross join jsonb_array_elements_text(p.keys) with ordinality k (key, rank);
create index operation_partner_key_operation on operation_partner_key (operation_id);
create index operation_partner_key_open on operation_partner_key (operation_id, known_from)
  where to_sequence = 9223372036854775807;
alter table operation_version drop column partner_keys;

-- Between this workbook and first_listed_at an application was first listed; read by every count of days to signing.
alter table application_version add column absent_before timestamptz;
update application_version set absent_before = cast(image ->> 'absent_before' as timestamptz);

-- What figures are counted from, so that they read these indexes and nothing else: what is current …
drop index agreement_version_current;
create index agreement_version_current on agreement_version (state, support_type)
  include (agreement_id, agency_id, agency_name, county, agency_type, status, listed, signed_on, signed_precision,
           signed_earliest, signed_latest, ended_earliest, ended_latest, first_listed_at, last_listed_on, change_sequence)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
drop index application_version_current;
create index application_version_current on application_version (state, support_type)
  include (application_id, agency_id, agency_name, county, agency_type, status, listed, agreement_id, first_listed_at,
           absent_before, last_listed_at, change_sequence)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
drop index operation_version_current;
create index operation_version_current on operation_version (scope, status, operation_id)
  include (name, states, starts_earliest, starts_latest, overlapping)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
create index agreement_version_current_agency on agreement_version (agency_id)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
-- … and what has been known since when, as the change log tells it now.
create index agreement_version_told on agreement_version (known_from)
  include (known_to, agreement_id, agency_id, agency_type, state, support_type, status, listed, signed_earliest,
           signed_latest, ended_earliest, ended_latest, first_listed_at, last_listed_on)
  where to_sequence = 9223372036854775807;
create index application_version_told on application_version (known_from)
  include (known_to, application_id, agency_id, agency_type, state, support_type, status, listed, first_listed_at,
           last_listed_at)
  where to_sequence = 9223372036854775807;

-- The claim that stands for an operation's arrests comes first; see Chosen.
create index claim_version_arrests
    on claim_version (operation_id, preferred desc, official desc, claimed_at desc, change_sequence desc)
  include (claim_id, qualifier, low, high)
  where to_sequence = 9223372036854775807 and known_to = 'infinity' and status = 'current' and metric = 'arrests';

-- Few agencies were merged into others, and few operations overlap; every answer asks which.
create index agency_version_merged on agency_version (agency_id)
  include (merged_into, known_from, known_to, from_sequence, to_sequence)
  where merged_into is not null;
create index operation_version_overlapping on operation_version (operation_id) where overlapping <> '{}';

-- Both columns say whether a row is current, and mostly together: without knowing so the planner reckons with three rows
-- where there is one.
create statistics agency_version_currency (mcv)      on to_sequence, known_to from agency_version;
create statistics agreement_version_currency (mcv)   on to_sequence, known_to from agreement_version;
create statistics application_version_currency (mcv) on to_sequence, known_to from application_version;
create statistics operation_version_currency (mcv)   on to_sequence, known_to from operation_version;
create statistics claim_version_currency (mcv)       on to_sequence, known_to from claim_version;
create statistics agency_name_key_currency (mcv)     on to_sequence, known_to from agency_name_key;
create statistics operation_partner_key_currency (mcv) on to_sequence, known_to from operation_partner_key;
