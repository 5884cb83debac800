-- What filters of the feed look at: one key for each image that a change shows, before and after.
-- A key is state|support_type|agency_type|agency_id; 'unknown' where ICE's cell did not tell, empty where the thing has no
-- such field. An operation has one for each of its places; a claim has those of its operation, a review those of its
-- subject.
alter table change
  drop column states,
  drop column models,
  drop column agency_types,
  drop column agency_ids,
  add column images text[] not null default '{}';

create function pg_temp.keys(kind text, image jsonb) returns text[] language sql immutable as $$
  select case
    when image is null or jsonb_typeof(image) <> 'object' then '{}'
    when kind in ('agreement', 'application') then array[
      concat_ws('|', coalesce(image->>'state', 'unknown'), coalesce(image->>'support_type', 'unknown'),
                     coalesce(image->>'agency_type', 'unknown'), coalesce(image->>'agency_id', 'unknown'))]
    when kind = 'agency' then array(
      select concat_ws('|', coalesce(image->>'state', 'unknown'), '', coalesce(image->>'agency_type', 'unknown'), id)
        from unnest(array[image->>'agency_id', image->>'merged_into']) id where id is not null)
    when kind = 'operation' and image->'places' = '[]' then array['unknown|||']
    when kind = 'operation' then array(
      select coalesce(place->>'state', 'unknown') || '|||' from jsonb_array_elements(image->'places') place)
    else '{}' end
$$;

update change c
   set images = array(
         select distinct key
           from unnest(array['before', split_part(c.type, '.', 3)]) as shown (name)
          cross join lateral unnest(pg_temp.keys(split_part(c.type, '.', 3), cast(c.event as jsonb)->'data'->shown.name)) key
          order by key)
 where split_part(c.type, '.', 3) in ('agency', 'agreement', 'application', 'operation');

update change c
   set images = pg_temp.keys(split_part(s.type, '.', 3), cast(s.event as jsonb)->'data'->split_part(s.type, '.', 3))
  from change about
 cross join lateral (
       select o.type, o.event from change o
        where o.sequence < about.sequence
          and o.subject in ('operation-' || (cast(about.event as jsonb)->'data'->'claim'->>'operation_id'),
                            'agreement-' || (cast(about.event as jsonb)->'data'->'review'->>'subject_id'),
                            'application-' || (cast(about.event as jsonb)->'data'->'review'->>'subject_id'),
                            'agency-' || (cast(about.event as jsonb)->'data'->'review'->>'subject_id'))
        order by o.sequence desc
        limit 1) s
 where split_part(about.type, '.', 3) in ('claim', 'review')
   and c.sequence = about.sequence;

-- A filtered reader looks through many changes and takes few.
create index change_images on change (sequence) include (type, images);
-- A reader who resumes by time.
create index change_recorded on change (recorded_at, sequence);
