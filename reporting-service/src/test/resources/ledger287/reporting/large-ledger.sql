-- A large ledger of fictional agencies, as the projection would have left it: versions are the rectangles that Knowledge
-- makes, every version's change is in the change log, publications come once a week. Sizes are given by whoever runs it:
-- :agreements, :applications, :operations, :claims, :publications (40 or more), :changes.
-- The tables must be empty; counties take the names of the reference files, when any are loaded.

create function pg_temp.h(of text) returns integer language sql immutable parallel safe
  return cast(cast('x' || substr(md5(of), 1, 7) as bit(28)) as integer);
create function pg_temp.id(of text) returns uuid language sql immutable parallel safe
  return cast(md5(of) as uuid);
create function pg_temp.published(publication integer) returns timestamptz language sql immutable parallel safe
  return timestamptz '2025-05-16 13:00:00Z' + publication * interval '7 days';
create function pg_temp.state(of text) returns text language sql immutable parallel safe
  return case when pg_temp.h(of) % 100 < 43 then 'FL'
              when pg_temp.h(of) % 100 < 60 then 'TX'
              else (array['AL','AK','AZ','AR','CA','CO','CT','DE','GA','HI','ID','IL','IN','IA','KS','KY','LA','ME','MD',
                          'MA','MI','MN','MS','MO','MT','NE','NV','NH','NJ','NM','NY','NC','ND','OH','OK','OR','PA','SC',
                          'SD','TN','UT','VA','WA','WV','WI','WY','PR','GU'])[1 + pg_temp.h(of || 's') % 48] end;
create function pg_temp.place(of text) returns text language sql immutable parallel safe
  return (array['Quill','Wex','Ash','Thorn','Lark','Mill','Fern','Hazel','Dun','Wych'])[1 + pg_temp.h(of || 'p') % 10]
      || (array['marsh','moor','brook','ford','wick','stead','holt','mere','combe','ley'])[1 + pg_temp.h(of || 'q') % 10];

-- Agencies, eight for ten agreements.
create temp table made_agency as
with county as (
  select a.state, array_agg(a.name order by a.fips) as names
    from reference_area a
    join reference_load l on l.load_id = a.load_id and l.kind = 'county_points'
   group by a.state
)
select n, pg_temp.id('agency' || n) as id, t.state, t.kind,
       pg_temp.place('agency' || n) || ' ' || n
         || case t.kind when 'county' then ' County Sheriff''s Office'
                        when 'municipality' then ' Police Department'
                        else ' State Police' end as name,
       coalesce(c.names[1 + pg_temp.h('county' || n) % cardinality(c.names)],
                pg_temp.place('county' || n % 900) || ' County') as county
  from generate_series(1, greatest(1, :agreements * 8 / 10)) n
 cross join lateral (
       select pg_temp.state('agency' || n) as state,
              case when pg_temp.h('kind' || n) % 100 < 62 then 'county'
                   when pg_temp.h('kind' || n) % 100 < 96 then 'municipality'
                   else 'state_agency' end as kind) t
  left join county c on c.state = t.state;
create unique index on made_agency (n);

create temp table made_agreement as
select n, pg_temp.id('agreement' || n) as id, 1 + (n - 1) % greatest(1, :agreements * 8 / 10) as agency,
       case when pg_temp.h('model' || n) % 1000 < 3 then null
            when pg_temp.h('model' || n) % 100 < 48 then 'task_force'
            when pg_temp.h('model' || n) % 100 < 84 then 'warrant_service_officer'
            else 'jail_enforcement' end as support_type,
       case when pg_temp.h('first' || n) % 3 = 0 then 0 else pg_temp.h('first' || n) % (:publications - 22) end as first,
       1 + n % 4 as step,
       pg_temp.h('end' || n) % 200 as fate,
       pg_temp.h('what' || n) % 100 as what
  from generate_series(1, :agreements) n;

-- Every event, in the order of its publication; within one, in any order, the workbook last.
create temp table made_event as
with event as (
  select 'agreement' as kind, a.n, i as ordinal, a.first + i * a.step as publication
    from made_agreement a cross join lateral generate_series(0, 4 + a.n % 2) i
   union all
  select 'agency', a.agency, i, min(a.first) + i
    from made_agreement a cross join generate_series(0, 1) i
   where i = 0 or a.agency % 10 = 0
   group by a.agency, i
   union all
  select 'application', n, i, pg_temp.h('applied' || n) % (:publications - 12) + i * (1 + n % 3)
    from generate_series(1, :applications) n cross join generate_series(0, 2) i
   union all
  select 'operation', n, i, pg_temp.h('operation' || n) % (:publications - 10) + i * 3
    from generate_series(1, :operations) n cross join generate_series(0, 1) i
   union all
  select 'claim', n, i, pg_temp.h('operation' || 1 + n % :operations) % (:publications - 10) + 1 + i
    from generate_series(1, :claims) n cross join generate_series(0, 1) i
   where i = 0 or n % 2 = 0
   union all
  select 'sheet', n, 0, n / 2 from generate_series(0, 2 * :publications - 1) n
), filled as (
  select * from event
   union all
  select 'review', n, 0, n % :publications
    from generate_series(1, greatest(0, :changes - cast((select count(*) from event) as integer))) n
)
select kind, n, ordinal, publication,
       row_number() over (order by publication, case kind when 'agency' then 0 when 'sheet' then 2 else 1 end,
                                   pg_temp.h(kind || n)) as sequence,
       case when kind in ('operation', 'claim')
            then pg_temp.published(publication) - (pg_temp.h('late' || n) % 40) * interval '1 day'
            else pg_temp.published(publication) end as known_at
  from filled;

-- What Knowledge makes of events that come in order: the open stretch up to the next event's knowledge, and the one that
-- was held until the next event was recorded.
create temp table made_version as
with next as (
  select e.*, lead(sequence) over thing as next_sequence, lead(known_at) over thing as next_known
    from made_event e
   where kind <> 'review'
  window thing as (partition by kind, n order by ordinal)
)
select kind, n, ordinal, publication, known_at as known_from, timestamptz 'infinity' as known_to,
       sequence as from_sequence, next_sequence as to_sequence, sequence as change_sequence
  from next where next_sequence is not null
 union all
select kind, n, ordinal, publication, known_at, coalesce(next_known, 'infinity'),
       coalesce(next_sequence, sequence), 9223372036854775807, sequence
  from next;
analyze made_agency, made_agreement, made_event, made_version;

insert into agency_version (agency_id, known_from, known_to, from_sequence, to_sequence, change_sequence, name, state,
                            county, agency_type, merged_into, image)
select g.id, v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence, t.name, g.state, g.county,
       g.kind, t.merged_into,
       json_build_object('agency_id', g.id, 'name', t.name, 'state', g.state, 'county', g.county, 'agency_type', g.kind,
         'aliases', json_build_array(json_build_object('name', g.name, 'state', g.state,
                                                       'first_seen_at', pg_temp.published(0))),
         'merged_into', t.merged_into, 'related', json_build_array())
  from made_version v
  join made_agency g on g.n = v.n
 cross join lateral (
       select case when v.ordinal > 0 then replace(g.name, ' Office', ' Department') else g.name end as name,
              case when v.ordinal > 0 and g.n % 100 = 0 then pg_temp.id('agency' || g.n - 1) end as merged_into) t
 where v.kind = 'agency'
 order by v.from_sequence;
insert into agency_name_key (agency_id, known_from, known_to, from_sequence, to_sequence, key)
select v.agency_id, v.known_from, v.known_to, v.from_sequence, v.to_sequence, k.key
  from agency_version v
 cross join unnest(array[v.state || '|name|' || lower(v.name), v.state || '|alias|' || lower(v.name),
                         v.state || '|words|' || replace(lower(v.name), '''s', ''),
                         v.state || '|initials|' || md5(v.name)]) k (key)
 order by v.from_sequence;

create temp table made_agreement_version as
select a.id as agreement_id, v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence, g.id as agency_id,
       t.name, t.state, t.county, g.kind as agency_type, a.support_type, t.status, t.status = 'listed' as listed,
       t.signed_on, t.signed_precision,
       case t.signed_precision when 'day' then t.signed_on when 'month' then cast(date_trunc('month', t.signed_on) as date)
            else date '-infinity' end as signed_earliest,
       case t.signed_precision when 'day' then t.signed_on
            when 'month' then cast(date_trunc('month', t.signed_on) + interval '1 month - 1 day' as date)
            else date 'infinity' end as signed_latest,
       case when t.status = 'ended' then t.day end as ended,
       pg_temp.published(a.first) as first_listed_at,
       case when t.status <> 'listed' then pg_temp.published(v.publication - 1) end as last_listed_at,
       case when t.status <> 'listed' then t.day - 7 end as last_listed_on,
       t.moa
  from made_version v
  join made_agreement a on a.n = v.n
  join made_agency g on g.n = a.agency
 cross join lateral (
       select case when v.ordinal = 0 and a.what < 15 then replace(g.name, 'Police Department', 'PD') else g.name end as name,
              case when v.ordinal = 0 and a.what = 99 then null else g.state end as state,
              case when v.ordinal = 0 and a.what < 5 or a.what = 50 then null else g.county end as county,
              case when v.ordinal < 4 + a.n % 2 then 'listed'
                   when a.fate < 6 then 'unlisted'
                   when a.fate < 9 then 'ended'
                   when a.fate < 11 then 'under_review'
                   when a.fate < 12 then 'returned_to_pending'
                   when a.fate < 13 then 'duplicate_removed'
                   else 'listed' end as status,
              case when a.what = 60 and a.n % 4 = 0 then null
                   when a.first = 0 then date '2025-05-10' - pg_temp.h('signed' || a.n) % 5800
                   else cast(pg_temp.published(a.first) as date) - pg_temp.h('signed' || a.n) % 40 end
              + case when v.ordinal > 2 and a.what between 15 and 30 then 7 else 0 end as signed_on,
              case when a.what = 60 then case a.n % 4 when 0 then 'unknown' else 'month' end else 'day' end as signed_precision,
              cast(pg_temp.published(v.publication) as date) as day,
              case when v.ordinal > 0 then 'posted' else 'missing' end as moa) t
 where v.kind = 'agreement';

insert into agreement_version (agreement_id, known_from, known_to, from_sequence, to_sequence, change_sequence, agency_id,
                               agency_name, state, county, agency_type, support_type, status, listed, signed_on,
                               signed_precision, signed_earliest, signed_latest, ended_earliest, ended_latest,
                               first_listed_at, last_listed_at, last_listed_on, image)
select v.agreement_id, v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence, v.agency_id, v.name,
       v.state, v.county, v.agency_type, v.support_type, v.status, v.listed, v.signed_on, v.signed_precision,
       v.signed_earliest, v.signed_latest, v.ended, v.ended, v.first_listed_at, v.last_listed_at, v.last_listed_on,
       json_build_object('agreement_id', v.agreement_id, 'agency_id', v.agency_id, 'agency_name', v.name, 'state', v.state,
         'county', v.county, 'agency_type', v.agency_type, 'support_type', v.support_type, 'signed_on', v.signed_on,
         'signed_precision', v.signed_precision, 'signed_repaired', false,
         'moa', json_build_object('status', v.moa, 'url', case v.moa when 'posted'
                  then 'https://documents.example.org/moa/' || v.agreement_id || '.pdf' end),
         'addendum', json_build_object('status', 'missing', 'url', null), 'status', v.status, 'listed', v.listed,
         'provisional', false, 'possible_duplicate_of', json_build_array(), 'first_listed_at', v.first_listed_at,
         'last_listed_at', v.last_listed_at, 'first_absent_at', null,
         'ended', case when v.ended is not null then json_build_object('on', v.ended, 'precision', 'day', 'not_before', null,
                  'not_after', null, 'by', 'ice', 'source_url', 'https://documents.example.org/end.pdf') end)
  from made_agreement_version v
 order by v.from_sequence;

insert into application_version (application_id, known_from, known_to, from_sequence, to_sequence, change_sequence,
                                 agency_id, agency_name, state, county, agency_type, support_type, status, listed,
                                 agreement_id, first_listed_at, absent_before, last_listed_at, image)
select pg_temp.id('application' || v.n), v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence, g.id,
       g.name, g.state, g.county, g.kind, t.support_type, t.status, t.listed, t.agreement_id, t.first, case when v.n % 5 > 0 then t.first - interval '7 days' end, t.last,
       json_build_object('application_id', pg_temp.id('application' || v.n), 'agency_id', g.id, 'agency_name', g.name,
         'state', g.state, 'county', g.county, 'agency_type', g.kind, 'support_type', t.support_type, 'status', t.status,
         'listed', t.listed, 'agreement_id', t.agreement_id, 'possible_duplicate_of', json_build_array(),
         'first_listed_at', t.first,
         'absent_before', case when v.n % 5 > 0 then to_char(t.first - interval '7 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
         'last_listed_at', t.last, 'first_absent_at', null)
  from made_version v
  join made_agency g on g.n = 1 + (v.n - 1) % (select count(*) from made_agency)
 cross join lateral (
       select case v.n % 3 when 0 then 'jail_enforcement' when 1 then 'task_force' else 'warrant_service_officer' end as support_type,
              case when v.ordinal < 2 then 'open' when v.n % 10 < 7 then 'granted' when v.n % 10 < 9 then 'open'
                   else 'awaiting_outcome' end as status,
              v.ordinal < 2 or v.n % 10 in (6, 7, 8) as listed,
              case when v.ordinal = 2 and v.n % 10 < 7
                   then pg_temp.id('agreement' || 1 + (v.n - 1) % :agreements) end as agreement_id,
              pg_temp.published(pg_temp.h('applied' || v.n) % (:publications - 12)) as first,
              case when v.ordinal = 2 and v.n % 10 not in (6, 7, 8) then pg_temp.published(v.publication - 1) end as last) t
 where v.kind = 'application'
 order by v.from_sequence;

insert into operation_version (operation_id, known_from, known_to, from_sequence, to_sequence, change_sequence, name, status,
                               scope, states, starts_earliest, starts_latest, overlapping, image)
select pg_temp.id('operation' || v.n), v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence, t.name,
       t.status, t.scope, array[t.state], t.day, case when v.n % 7 = 0 then t.day + 30 else t.day end, t.overlapping,
       json_build_object('operation_id', pg_temp.id('operation' || v.n), 'external_id', 'made-' || v.n, 'name', t.name,
         'phase', null, 'start', json_build_object('on', t.day, 'precision', 'day', 'not_before', null, 'not_after', null,
         'text', null), 'end', json_build_object('on', null, 'precision', 'unknown', 'not_before', null, 'not_after', null,
         'text', null), 'places', json_build_array(json_build_object('state', t.state, 'county', null, 'county_fips', null,
         'description', null)), 'lead_office', null, 'partners', json_build_array(
           json_build_object('name', g.name, 'state', g.state, 'role', null, 'note', null),
           json_build_object('name', 'Nobody of this name ' || v.n, 'state', g.state, 'role', null, 'note', null)),
         'legal_basis', null, 'sources', json_build_array(), 'overlaps', json_build_array(), 'scope', t.scope,
         'status', t.status, 'reason', null)
  from made_version v
  join made_agency g on g.n = 1 + v.n * 3 % (select count(*) from made_agency)
 cross join lateral (
       select 'Operation ' || pg_temp.place('operation' || v.n) || ' ' || v.n as name,
              case when v.ordinal = 1 and v.n % 50 = 0 then 'retracted' else 'recorded' end as status,
              case when v.n % 500 = 1 then 'programme' else 'operation' end as scope,
              g.state,
              date '2025-02-01' + pg_temp.h('begun' || v.n) % 400 as day,
              case when v.n % 20 = 0 then array[pg_temp.id('operation' || v.n - 1)]
                   when v.n % 20 = 19 then array[pg_temp.id('operation' || v.n + 1)]
                   else cast('{}' as uuid[]) end as overlapping) t
 where v.kind = 'operation'
 order by v.from_sequence;
insert into operation_partner_key (operation_id, known_from, known_to, from_sequence, to_sequence, ordinal, rank, key)
select pg_temp.id('operation' || v.n), v.known_from, v.known_to, v.from_sequence, v.to_sequence, k.ordinal, k.rank, k.key
  from made_version v
  join made_agency g on g.n = 1 + v.n * 3 % (select count(*) from made_agency)
 cross join lateral (values (1, 1, g.state || '|name|' || lower(g.name)), (1, 2, g.state || '|alias|' || lower(g.name)),
                            (2, 1, g.state || '|words|nobody of this name ' || v.n)) k (ordinal, rank, key)
 where v.kind = 'operation'
 order by v.from_sequence;

insert into claim_version (claim_id, known_from, known_to, from_sequence, to_sequence, change_sequence, operation_id, metric,
                           status, preferred, official, qualifier, low, high, claimed_at, supersedes, image)
select pg_temp.id('claim' || v.n), v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence,
       pg_temp.id('operation' || 1 + v.n % :operations), t.metric, t.status, false, v.n % 3 > 0, t.qualifier, t.low, t.high,
       v.known_from, null,
       json_build_object('claim_id', pg_temp.id('claim' || v.n), 'operation_id',
         pg_temp.id('operation' || 1 + v.n % :operations), 'metric', t.metric, 'figure',
         json_build_object('qualifier', t.qualifier, 'value', t.n, 'of', null, 'low', t.low, 'high', t.high, 'approximate',
         t.qualifier = 'about', 'text', t.qualifier || ' ' || t.n), 'as_of', json_build_object('on', null, 'precision',
         'unknown', 'not_before', null, 'not_after', null, 'text', null), 'published_on', cast(v.known_from as date),
         'known_at', v.known_from, 'speaker', json_build_object('name', null, 'organization', 'Agency ' || v.n % 3, 'official',
         v.n % 3 > 0), 'quotation', repeat('As somebody said. ', 8), 'source_url', 'https://news.example.org/' || v.n,
         'archived_url', null, 'supersedes', null, 'superseded_by', null, 'preferred', false, 'status', t.status,
         'reason', null)
  from made_version v
 cross join lateral (
       select v.n % 400 + v.ordinal as n,
              case v.n / :operations % 4 when 0 then 'arrests' when 1 then 'arrests' when 2 then 'stops'
                   else 'convicted_or_pending' end as metric,
              case when v.ordinal = 1 and v.n % 4 = 0 then 'superseded' else 'current' end as status,
              case v.n % 5 when 0 then 'more_than' when 1 then 'about' else 'exactly' end as qualifier,
              case v.n % 5 when 0 then v.n % 400 + v.ordinal + 1 when 1 then null else v.n % 400 + v.ordinal end as low,
              case v.n % 5 when 0 then null when 1 then null else v.n % 400 + v.ordinal end as high) t
 where v.kind = 'claim'
 order by v.from_sequence;

insert into sheet_version (sheet_id, known_from, known_to, from_sequence, to_sequence, change_sequence, kind, status,
                           published_at, listed_after, image)
select pg_temp.id('sheet' || v.n), v.known_from, v.known_to, v.from_sequence, v.to_sequence, v.change_sequence,
       t.kind, 'imported', v.known_from, 100,
       json_build_object('sheet_id', pg_temp.id('sheet' || v.n), 'kind', t.kind, 'file_name', t.kind || v.publication || '.xlsx',
         'sha256', md5('a' || v.n) || md5('b' || v.n), 'published_at', v.known_from, 'published_label', 'week ' || v.publication,
         'status', 'imported', 'rows', json_build_object('data', 100), 'changes', json_build_object('signed', 9),
         'listed_after', 100, 'differences', json_build_array())
  from made_version v
 cross join lateral (select case v.n % 2 when 0 then 'participating' else 'pending' end as kind) t
 where v.kind = 'sheet'
 order by v.from_sequence;

-- The change log. What the events show is the image before and after and, as the receipt, the row of the workbook.
insert into change (sequence, log, position, append_end, event_id, type, subject, known_at, recorded_at, newest_known_at, newest_recorded_at,
                    images, event)
with kept (kind, change_sequence, id, image) as (
  select distinct on (change_sequence) 'agreement', change_sequence, agreement_id, image from agreement_version
   union all
  select distinct on (change_sequence) 'agency', change_sequence, agency_id, image from agency_version
   union all
  select distinct on (change_sequence) 'application', change_sequence, application_id, image from application_version
   union all
  select distinct on (change_sequence) 'operation', change_sequence, operation_id, image from operation_version
   union all
  select distinct on (change_sequence) 'claim', change_sequence, claim_id, image from claim_version
   union all
  select distinct on (change_sequence) 'sheet', change_sequence, sheet_id, image from sheet_version
), told as (
  select e.kind, e.n, e.ordinal, e.sequence, e.known_at, e.publication,
         coalesce(k.id, pg_temp.id(e.kind || e.n)) as id,
         'org.ledger287.' || e.kind || '.'
           || case when e.kind = 'review' then 'opened'
                   when e.ordinal = 0 then
                     case e.kind when 'agreement' then 'signed' when 'agency' then 'registered' when 'application' then 'filed'
                                 when 'claim' then 'made' when 'sheet' then 'imported' else 'recorded' end
                   else case e.kind when 'agreement' then 'attribute-changed' when 'application' then 'granted'
                                    else 'corrected' end end || '.v1' as type,
         k.image,
         case when e.kind = 'review' then pg_temp.id('agreement' || 1 + e.n % :agreements) end as about,
         max(e.sequence) over (partition by e.publication) as append_end,
         max(e.known_at) over (order by e.sequence) as newest_known_at,
         max(pg_temp.published(e.publication)) over (order by e.sequence) + interval '1 hour' as newest_recorded_at
    from made_event e
    left join kept k on k.change_sequence = e.sequence
)
select t.sequence, case when t.kind in ('operation', 'claim') then 'operations' else 'agreements' end, t.sequence,
       t.append_end, pg_temp.id('event' || t.sequence), t.type, t.kind || '-' || t.id, t.known_at,
       pg_temp.published(t.publication) + interval '1 hour', t.newest_known_at, t.newest_recorded_at,
       case t.kind
            when 'agreement' then array[concat_ws('|', coalesce(t.image ->> 'state', 'unknown'),
                                                  coalesce(t.image ->> 'support_type', 'unknown'), t.image ->> 'agency_type',
                                                  t.image ->> 'agency_id')]
            when 'application' then array[concat_ws('|', t.image ->> 'state', t.image ->> 'support_type',
                                                    t.image ->> 'agency_type', t.image ->> 'agency_id')]
            when 'agency' then array[concat_ws('|', t.image ->> 'state', '', t.image ->> 'agency_type', t.image ->> 'agency_id')]
            when 'operation' then array[(t.image -> 'places' -> 0 ->> 'state') || '|||']
            when 'claim' then array[pg_temp.state('agency' || 1 + (1 + t.n % :operations) * 3 % (select count(*) from made_agency)) || '|||']
            when 'review' then array[concat_ws('|', pg_temp.state('agency' || t.n % 1000), 'task_force', 'county', t.about)]
            else '{}' end,
       cast('{"specversion":"1.0","id":"' || pg_temp.id('event' || t.sequence) || '","source":"/ledger287/made","type":"' || t.type
         || '","subject":"' || t.kind || '-' || t.id || '","time":"' || to_char(t.known_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
         || '","recordedtime":"' || to_char(t.known_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '","sequence":"' || t.sequence
         || '","data":{"' || t.kind || '":' || coalesce(cast(t.image as text), '{"review_id":"' || t.id || '","subject_id":"' || t.about || '"}')
         || ',"before":' || case when t.ordinal > 0 then cast(t.image as text) else 'null' end
         || ',"sample":true,"evidence":{"file_name":"participatingAgencies.xlsx","sha256":"' || md5(cast(t.sequence as text))
         || md5('b' || t.sequence) || '","tab":"Sheet1","row":' || t.sequence % 900
         || ',"hidden":false,"raw":{"STATE":"FLORIDA","LAW ENFORCEMENT AGENCY":"Nobody","TYPE":"County","COUNTY":"Nowhere",'
         || '"SUPPORT TYPE":"Task Force Model","SIGNED":"5/15/2025","MOA":"link"},"links":{},"repairs":[],"tier":"new",'
         || '"confidence":"certain","facts":["No agency bears this name."]},"editor":null,"retracts":null}}' as json)
  from told t
 order by t.sequence;

update change_head
   set sequence = (select max(sequence) from change),
       newest_known_at = (select max(known_at) from change),
       newest_recorded_at = (select max(recorded_at) from change),
       sample = true;
insert into log (name, position, next_offset)
select c.log, max(c.position), max(c.position) from change c group by c.log
    on conflict (name) do update set position = excluded.position, next_offset = excluded.next_offset;

drop table made_agency, made_agreement, made_event, made_version, made_agreement_version;
