-- Where to find what in the log. What operations and claims are is in their newest events and nowhere else.
-- Placeholder: application_role, the role that the running service connects as; it must exist.

create table operation_key (
    operation_id uuid primary key,
    external_id  text unique
);

comment on table operation_key is 'One row for each operation; commands on an operation or its claims lock it, one after the other.';
comment on column operation_key.external_id is 'The name that whoever recorded it gave it.';

create table claim_key (
    claim_id     uuid primary key,
    operation_id uuid not null references operation_key,
    ordinal      bigint generated always as identity
);

create index claim_key_operation on claim_key (operation_id, ordinal);

comment on column claim_key.ordinal is 'Order of recording within the operation; gaps are normal.';

-- The list of operations, in the order of their recording.
create index event_operation_recorded on event (position) where type = 'operation-recorded';

grant select, insert, update on operation_key to ${application_role};
grant select, insert         on claim_key     to ${application_role};
