-- SPDX-License-Identifier: Apache-2.0
-- With what devices of TR-069 show who they are: what HTTP Digest needs of a random password, good for this realm alone.
create table cwmp_logins (
    device_no bigint primary key references devices (no) on delete cascade,
    username  text collate "C" not null unique,
    secret    bytea not null,
    created   timestamptz not null
);

-- What devices shall do in their next session, in order. "body" is the errand as JSON.
create table cwmp_errands (
    seq       bigint generated always as identity primary key,
    device_no bigint not null references devices (no) on delete cascade,
    asked     timestamptz not null,
    attempts  integer not null default 0,
    body      jsonb not null
);

create index cwmp_errands_device on cwmp_errands (device_no, seq);
