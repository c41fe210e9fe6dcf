-- SPDX-License-Identifier: Apache-2.0
-- With what devices show that reports of bulk data are theirs. The hash of a random password, as of tokens.
create table collector_logins (
    device_no bigint primary key references devices (no) on delete cascade,
    hash      bytea not null,
    created   timestamptz not null
);
