-- SPDX-License-Identifier: Apache-2.0
-- Diagnostics that devices were asked for, the last ones of each device. "command_key" comes back when the device is done; "request" is the object that stands for the command on the device while it runs.
create table diagnostics (
    id          bigint generated always as identity primary key,
    device_no   bigint not null references devices (no) on delete cascade,
    kind        text not null,
    command_key text not null unique,
    state       text not null,
    begun       timestamptz not null,
    begun_by    text not null,
    ended       timestamptz,
    request     text not null,
    inputs      jsonb not null,
    outputs     jsonb not null,
    fault       text not null
);

create index diagnostics_device on diagnostics (device_no, id);
create index diagnostics_open on diagnostics (begun) where state = 'running';
