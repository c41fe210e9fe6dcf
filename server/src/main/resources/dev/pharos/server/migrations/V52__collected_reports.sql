-- SPDX-License-Identifier: Apache-2.0
-- What the collector of bulk data has taken and refused.
create table bulk_deliveries (
    device_no    bigint primary key references devices (no) on delete cascade,
    deliveries   bigint not null,
    reports      bigint not null,
    kept         bigint not null,
    unknown      bigint not null,
    refused      bigint not null,
    last         timestamptz,
    last_way     text,
    last_refused timestamptz
);

-- The last ones. Without a device: of strangers.
create table bulk_refusals (
    id        bigint generated always as identity primary key,
    time      timestamptz not null,
    device_no bigint references devices (no) on delete cascade,
    said      text not null,
    address   text not null,
    way       text not null,
    status    integer not null,
    reason    text not null
);
create index bulk_refusals_of on bulk_refusals (device_no, id);

create table bulk_outcomes (
    outcome text primary key,
    number  bigint not null,
    last    timestamptz not null
);
