-- What figures ask of agreements, agency by agency and stretch by stretch: what partners of operations held, and when an
-- agency's first agreement was listed and its last one went. What is told at the newest position has a smaller index in
-- the same order, which serves questions for any as_of; what is current a smaller one still. What was recorded by an
-- earlier position comes in the order of recording. Indexes are built before those
-- that they replace are dropped, so that readers wait for the moment of dropping alone.
create index agreement_version_stretches on agreement_version (agency_id, agreement_id, known_from)
  include (known_to, change_sequence, agency_name, county, agency_type, state, support_type, status, listed, signed_on,
           signed_precision, signed_earliest, signed_latest, ended_earliest, ended_latest, first_listed_at, last_listed_on)
  where to_sequence = 9223372036854775807;
create index agreement_version_held on agreement_version (agency_id, agreement_id, known_from)
  include (known_to, from_sequence, to_sequence, agency_type, state, support_type, status, listed, signed_on,
           signed_precision, signed_earliest, signed_latest, ended_earliest, ended_latest, last_listed_on);
create index agreement_version_recorded on agreement_version (from_sequence)
  include (to_sequence, known_from, known_to, change_sequence, agreement_id, agency_id, agency_name, county, agency_type,
           state, support_type, status, listed, signed_on, signed_precision, signed_earliest, signed_latest, ended_earliest,
           ended_latest, first_listed_at, last_listed_on);
create index agreement_version_held_now on agreement_version (agency_id)
  include (agreement_id, support_type, status, listed, signed_on, signed_precision, signed_earliest, signed_latest,
           ended_earliest, ended_latest, last_listed_on)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';

-- The same of applications, and of the claims that may stand for an operation's arrests at any moment.
create index application_version_stretches on application_version (application_id, known_from)
  include (known_to, change_sequence, agency_id, agency_name, county, agency_type, state, support_type, status, listed,
           first_listed_at, last_listed_at)
  where to_sequence = 9223372036854775807;
create index application_version_recorded on application_version (from_sequence)
  include (to_sequence, known_from, known_to, change_sequence, application_id, agency_id, agency_name, county, agency_type,
           state, support_type, status, listed, first_listed_at, last_listed_at);
create index claim_version_told
    on claim_version (operation_id, preferred desc, official desc, claimed_at desc, change_sequence desc)
  include (claim_id, qualifier, low, high, known_from, known_to, from_sequence, to_sequence)
  where status = 'current' and metric = 'arrests';

-- Without the operations that overlap it: an editor may name more than a row of an index holds.
create index operation_version_begun on operation_version (scope, status, operation_id)
  include (name, states, starts_earliest, starts_latest)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';

-- The newest changes that were known by an instant: those known in order by the latest known_at up to them, and the few
-- that were backdated.
create index change_newest_known on change (newest_known_at, sequence);
create index change_backdated on change (sequence) include (known_at) where known_at < newest_known_at;

drop index agreement_version_told;
alter index agreement_version_stretches rename to agreement_version_told;
drop index agreement_version_current_agency;
alter index agreement_version_held_now rename to agreement_version_current_agency;
drop index agreement_version_agency;
drop index application_version_told;
alter index application_version_stretches rename to application_version_told;
drop index operation_version_current;
alter index operation_version_begun rename to operation_version_current;
-- Nobody asks for ranges any more: at an earlier position the plain comparisons of what an index holds are quicker than
-- looking a point up among the rectangles and then going for the rows, and every import wrote these too.
drop index agreement_version_point;
drop index agency_version_point;
drop index application_version_point;
drop index operation_version_point;
drop index claim_version_point;

-- The end of the log says all that the next append asks of it.
alter table change_head add column newest_recorded_at timestamptz;
update change_head h set newest_recorded_at = c.newest_recorded_at from change c where c.sequence = h.sequence;
