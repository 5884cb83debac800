-- Every record says which publication it belongs to, so that the topic itself tells how far it has come (ADR 2).
alter table publisher_checkpoint add column publication uuid not null default gen_random_uuid();

-- What is published already keeps its name in every copy of this database: an older copy that is restored finds its own.
update publisher_checkpoint set publication = cast(md5(coalesce(topic_id, '') || '/' || generation) as uuid);

comment on column publisher_checkpoint.publication is
    'Names what is published since the topic was taken for this log''s; every record carries it.';
