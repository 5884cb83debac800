-- Agreements agency by agency and stretch by stretch, with all that figures ask of them: what partners of operations held,
-- and when an agency's first agreement was listed and its last one went. What is told at the newest position has a smaller
-- index of its own, in the same order, which serves questions for any as_of too.
drop index agreement_version_told;
create index agreement_version_told on agreement_version (agency_id, agreement_id, known_from)
  include (known_to, change_sequence, agency_name, county, agency_type, state, support_type, status, listed, signed_on,
           signed_precision, signed_earliest, signed_latest, ended_earliest, ended_latest, first_listed_at, last_listed_on)
  where to_sequence = 9223372036854775807;
drop index agreement_version_agency;
create index agreement_version_held on agreement_version (agency_id, agreement_id, known_from)
  include (known_to, from_sequence, to_sequence, change_sequence, agency_name, county, agency_type, state, support_type,
           status, listed, signed_on, signed_precision, signed_earliest, signed_latest, ended_earliest, ended_latest,
           first_listed_at, last_listed_on);
drop index agreement_version_current_agency;
create index agreement_version_current_agency on agreement_version (agency_id)
  include (agreement_id, support_type, status, listed, signed_on, signed_precision, signed_earliest, signed_latest,
           ended_earliest, ended_latest, last_listed_on)
  where to_sequence = 9223372036854775807 and known_to = 'infinity';
