-- SPDX-License-Identifier: Apache-2.0
-- What devices of TR-069 were told to fetch or send and have yet to tell the end of, by the key that they name then.
create table cwmp_transfers (
    device_no bigint not null references devices (no) on delete cascade,
    key       text collate "C" not null,
    told      timestamptz not null,
    primary key (device_no, key)
);

-- Names that led to a record before it got another, or became one with another. "kept" is what it takes to make two of them again, where a
-- person has made them one: rows of both as they were, which hold the same secrets as their tables.
create table device_unions (
    former    text collate "C" primary key,
    device_no bigint not null references devices (no) on delete cascade,
    since     timestamptz not null,
    kept      jsonb
);

create index device_unions_device on device_unions (device_no);

insert into device_unions (former, device_no, since)
    select name, device_no, since from cwmp_names n where not exists (select 1 from devices where id = n.name);
