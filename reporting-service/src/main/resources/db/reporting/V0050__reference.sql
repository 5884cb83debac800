-- Files of the Census Bureau that an operator loads: which counties and places there are, where, and how many people.
-- A load never changes; a newer one stands beside it, so that answers made with the older one can be given again.
create table reference_load (
  load_id     text        primary key,            -- the first twelve digits of the file's SHA-256
  kind        text        not null check (kind in ('county_points', 'county_population', 'place_population')),
  vintage     integer     not null,               -- the year that the file describes
  file_name   text        not null,
  sha256      text        not null unique,
  rows        integer     not null,
  loaded_by   text        not null,
  loaded_at   timestamptz not null,
  at_epoch    text        not null,               -- the change log when it was loaded: an answer pinned to an earlier
  at_sequence bigint      not null                -- or that very cursor does not see it
);

create table reference_area (
  load_id     text             not null references reference_load,
  fips        text             not null,          -- two digits for a state, five for a county, seven for a place
  state       text             not null,          -- USPS
  name        text             not null,          -- with its suffix, as the Bureau writes it
  latitude    double precision,
  longitude   double precision,
  population  bigint,
  primary key (load_id, fips)
);
