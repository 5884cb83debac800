-- What a filtered reader finds its few changes in a long log by: the agencies of their images; their kind, as agreement;
-- and their type without prefix and version, as agreement.signed. States and models are of so many changes that the log
-- itself is quicker.
create function feed_keys(type text, images text[]) returns text[] language sql immutable strict parallel safe as $$
  select array(select distinct split_part(image, '|', 4) from unnest(images) image where split_part(image, '|', 4) <> '')
      || split_part(type, '.', 3)
      || array_to_string((string_to_array(type, '.'))[3:cardinality(string_to_array(type, '.')) - 1], '.')
$$;

alter table change add column keys text[] not null generated always as (feed_keys(type, images)) stored;
create index change_keys on change using gin (keys);
