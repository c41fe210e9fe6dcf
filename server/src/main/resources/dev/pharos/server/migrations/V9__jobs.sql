-- SPDX-License-Identifier: Apache-2.0
-- The same requests to many devices. "steps" are the requests as USP encodes them, each with its length before it; their secrets are masked when the job has ended.
create table jobs (
    id               bigint generated always as identity primary key,
    name             text not null,
    query            text,
    may_be_empty     boolean not null,
    devices          text[],
    steps            bytea not null,
    concurrency      integer not null,
    per_minute       integer not null,
    start_at         timestamptz not null,
    deadline         timestamptz not null,
    window_from      text,
    window_to        text,
    window_days      text[],
    zone             text,
    retries          integer not null,
    backoff_ms       bigint not null,
    repeat_uncertain boolean not null,
    created          timestamptz not null,
    created_by       text not null,
    state            text not null,
    note             text not null default '',
    started          timestamptz,
    ended            timestamptz,
    next_begin       timestamptz not null default to_timestamp(0)
);

create index jobs_open on jobs (id) where ended is null;

-- One row for each device, fixed when the job starts; devices are named by id, so that what was done stays when a device is removed.
-- A row that is RUNNING was written before its request was sent: "owner" may work on it until "lease".
create table job_targets (
    job     bigint not null references jobs (id) on delete cascade,
    device  text collate "C" not null,
    state   text not null,
    step    integer not null default 0,
    tries   integer not null default 0,
    due     timestamptz not null,
    owner   text not null default '',
    lease   timestamptz,
    why     text not null default '',
    changed timestamptz not null,
    primary key (job, device)
) with (fillfactor = 80);

create index job_targets_state on job_targets (job, state);
create index job_targets_due on job_targets (job, due, device) where state = 'WAITING';
create index job_targets_offline on job_targets (device) where state = 'OFFLINE';

-- What devices answered, masked, as USP encodes it.
create table job_answers (
    job    bigint not null,
    device text collate "C" not null,
    step   integer not null,
    answer bytea not null,
    primary key (job, device, step),
    foreign key (job, device) references job_targets (job, device) on delete cascade
);
