-- Every record says which publication it belongs to, so that the topic itself tells how far it has come (ADR 2).
alter table publisher_checkpoint add column publication uuid not null default gen_random_uuid();

comment on column publisher_checkpoint.publication is
    'Names what is published since the topic was taken for this log''s; every record carries it.';
