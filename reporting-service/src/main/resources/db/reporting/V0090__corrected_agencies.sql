-- Agencies that an editor corrected are few; coverage asks which, and would read the whole change log for it.
create index change_agency_corrected on change (subject) include (sequence, known_at)
  where type = 'org.ledger287.agency.corrected.v1';
