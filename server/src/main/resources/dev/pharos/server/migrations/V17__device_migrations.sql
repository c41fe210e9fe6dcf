-- SPDX-License-Identifier: Apache-2.0
-- Devices on their way from TR-069 to USP, the last way of each. "steps" counts what was kept, so that of two servers one keeps the next; "body" is plan, steps and what the device said, as JSON.
create table device_migrations (
    device_no bigint primary key references devices (no) on delete cascade,
    state     text not null,
    open      boolean not null,
    steps     integer not null,
    begun     timestamptz not null,
    body      jsonb not null
);

create index device_migrations_open on device_migrations (begun) where open;
