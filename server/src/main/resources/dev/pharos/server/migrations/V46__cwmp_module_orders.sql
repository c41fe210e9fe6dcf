-- SPDX-License-Identifier: Apache-2.0
-- What devices of TR-069 were told to do with their software modules and have yet to tell the end of, by the key that
-- they name then. "body" is who asked for what, as JSON; nothing in it is secret.
create table cwmp_module_orders (
    seq       bigint generated always as identity primary key,
    device_no bigint not null references devices (no) on delete cascade,
    key       text collate "C" not null,
    body      jsonb not null,
    unique (device_no, key)
);
