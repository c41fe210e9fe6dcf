-- SPDX-License-Identifier: Apache-2.0
-- Configuration and log files of devices, in parts, the last ones of each device; and what devices were asked to give away or to take back. "command_key" comes back when the device is done.
create table device_files (
    id        bigint generated always as identity primary key,
    device_no bigint not null references devices (no) on delete cascade,
    kind      text not null,
    name      text not null,
    size      bigint not null,
    sha256    bytea not null,
    received  timestamptz not null,
    by        text not null
);

create index device_files_device on device_files (device_no, id);

create table device_file_parts (
    file_id bigint not null references device_files (id) on delete cascade,
    no      int not null,
    bytes   bytea not null,
    primary key (file_id, no)
);

-- what is in it cannot be made smaller
alter table device_file_parts alter column bytes set storage external;

create table file_requests (
    id          bigint generated always as identity primary key,
    device_no   bigint not null references devices (no) on delete cascade,
    action      text not null,
    number      int not null,
    name        text not null,
    command_key text not null unique,
    state       text not null,
    begun       timestamptz not null,
    begun_by    text not null,
    expires     timestamptz not null,
    ended       timestamptz,
    file_id     bigint references device_files (id) on delete set null,
    fault       text not null
);

create index file_requests_device on file_requests (device_no, id);
