-- SPDX-License-Identifier: Apache-2.0
-- What operators note of a device, for values of profiles.
create table device_attributes (
    device_no bigint not null references devices (no) on delete cascade,
    name      text collate "C" not null,
    value     text not null,
    primary key (device_no, name)
);

-- What must hold on which devices. "body" is a profile as JSON, as its author wrote it, secrets included; "job" brought devices to it.
create table profiles (
    name       text collate "C" primary key,
    version    integer not null,
    body       text not null,
    changed    timestamptz not null,
    changed_by text not null,
    job        bigint
);

-- All versions, of profiles that were deleted too; "body" is null where a profile was deleted.
create table profile_versions (
    name       text collate "C" not null,
    version    integer not null,
    body       text,
    changed    timestamptz not null,
    changed_by text not null,
    job        bigint,
    primary key (name, version)
);

-- What a job is where it is no script of requests: "hold VERSION NAME" or "restore JOB".
alter table jobs add column work text;

-- What was on a device before a profile's job changed it, and what was written; written before the device is asked. "before" is null
-- where it was not known. A row that was added has its keys as JSON in "key", and "path" is its table with them.
create table profile_changes (
    job    bigint not null references jobs (id) on delete cascade,
    device text collate "C" not null,
    path   text collate "C" not null,
    before text,
    after  text not null,
    secret boolean not null,
    key    text,
    primary key (job, device, path)
);

-- Of the secrets that we wrote last, what tells whether another is wanted: no secret itself.
create table profile_secrets (
    device_no bigint not null references devices (no) on delete cascade,
    path      text collate "C" not null,
    mark      bytea not null,
    primary key (device_no, path)
);

-- Who works on a device for its profiles, so that no two add the same row.
create table profile_work (
    device text collate "C" primary key,
    owner  text not null,
    until  timestamptz not null
);

-- Devices that are to be looked at, since something happened to them.
create table profile_due (
    device_no bigint primary key references devices (no) on delete cascade,
    due       timestamptz not null
);

create index profile_due_due on profile_due (due);

-- How often a parameter was put right, and since when it is left alone because it always comes back.
create table profile_drift (
    device_no bigint not null references devices (no) on delete cascade,
    path      text collate "C" not null,
    times     integer not null,
    since     timestamptz not null,
    last      timestamptz not null,
    given_up  boolean not null,
    primary key (device_no, path)
);
