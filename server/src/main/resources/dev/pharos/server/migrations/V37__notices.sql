-- SPDX-License-Identifier: Apache-2.0
-- How devices of TR-069 tell of changes, as they said when they were last asked. "body" is a list of parameters, each with how it is told, how it shall be, and what the device said against it, as JSON.
create table cwmp_notices (
    device_no bigint primary key references devices (no) on delete cascade,
    asked     timestamptz not null,
    body      jsonb not null
);
