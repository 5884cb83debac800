-- What a filtered reader finds its few changes in a long log by: the states and agencies of their images; their kind, as
-- agreement; and their type without prefix and version, as agreement.signed.
create function feed_keys(type text, images text[]) returns text[] language sql immutable strict parallel safe as $$
  select array(select distinct part
                 from unnest(images) image
                cross join lateral unnest(array[split_part(image, '|', 1), split_part(image, '|', 4)]) part
                where part <> '')
      || split_part(type, '.', 3)
      || array_to_string((string_to_array(type, '.'))[3:cardinality(string_to_array(type, '.')) - 1], '.')
$$;
alter table change add column keys text[] not null generated always as (feed_keys(type, images)) stored;
create index change_keys on change using gin (keys);

-- Who asks as of a day looks through the log, too, and finds what they look at in the index.
drop index change_images;
create index change_images on change (sequence) include (type, images, known_at);

-- The latest recorded_at up to here. Two logs are read into one, so recorded_at goes back and forth; of this the first row
-- that reaches a time is the first that was recorded then or later.
alter table change add column newest_recorded_at timestamptz;
update change c
   set newest_recorded_at = n.newest
  from (select sequence, max(recorded_at) over (order by sequence) as newest from change) n
 where n.sequence = c.sequence;
alter table change alter column newest_recorded_at set not null;
drop index change_recorded;
create index change_newest_recorded on change (newest_recorded_at, sequence);
