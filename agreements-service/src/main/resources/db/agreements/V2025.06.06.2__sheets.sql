-- Workbooks as they came, and what became of every row of them. Written in the transaction that appends the events,
-- so that neither is ever without the other.
-- Placeholder: application_role, the role that the running service connects as; it must exist.

create table sheet_file (
    sheet_id      uuid primary key,
    sha256        text not null,
    kind          text not null check (kind in ('participating', 'pending')),
    file_name     text not null,
    bytes         bytea not null,
    received_at   timestamptz not null,
    received_from text not null
);

-- The same bytes are recognised by their digest; not unique, for a rejected workbook may be sent and judged again.
create index sheet_file_sha256 on sheet_file (sha256);

comment on column sheet_file.received_from is 'Name of the API key that sent it.';

create table sheet_row (
    sheet_id   uuid not null references sheet_file,
    ordinal    integer not null check (ordinal > 0),
    tab        text not null,
    row_number integer not null check (row_number > 0),
    hidden     boolean not null,
    -- json, not jsonb: the order of the columns is part of what was published.
    raw        json not null,
    links      json not null,
    cells      json not null,
    repairs    json not null,
    doubts     json not null,
    outcome    text not null,
    repaired   boolean not null,
    became     text[] not null,
    why        text not null,
    details    json not null,
    doubt      text,
    primary key (sheet_id, ordinal)
);

comment on column sheet_row.ordinal is 'Place among the data rows of the file, 1, 2, 3 …';
comment on column sheet_row.outcome is 'matched, changed, new, under_review, or held while the workbook is.';
comment on column sheet_row.became  is 'Streams of the agreements or applications that the row stands for.';

create index sheet_row_outcome on sheet_row (sheet_id, outcome, ordinal);

-- The events that an import appended, so that a retraction can take them back.
create table sheet_append (
    sheet_id       uuid primary key references sheet_file,
    first_position bigint not null,
    last_position  bigint not null,
    check (first_position <= last_position)
);

grant select, insert on sheet_file   to ${application_role};
grant select, insert on sheet_append to ${application_role};
grant select, insert on sheet_row    to ${application_role};
-- What became of the rows of a held workbook is known when it is released.
grant update (outcome, repaired, became, why, details, doubt) on sheet_row to ${application_role};
