-- SPDX-License-Identifier: Apache-2.0
-- Logins at our own brokers, each of one device: "secret" is the SHA-256 of a random password. "bootstrap" is what the device
-- came with when it was given one, empty where a person made it. Before it is "used" the device may come with its
-- bootstrap again, since it may not have got it.
create table device_logins (
    device_no bigint primary key references devices (no) on delete cascade,
    bootstrap text collate "C" not null,
    secret    bytea not null,
    created   timestamptz not null,
    used      timestamptz
);

create index device_logins_bootstrap on device_logins (bootstrap);
