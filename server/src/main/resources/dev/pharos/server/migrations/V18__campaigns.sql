-- SPDX-License-Identifier: Apache-2.0
-- A firmware image on its way to many devices in waves. "plan" is what was asked for, "course" what has come of it; both as JSON. Where it
-- stands is in "state", and where on its way in "leg", "wave" (the first is 0), "since" and "job". Each change makes "revision" one more.
create table campaigns (
    id         bigint generated always as identity primary key,
    image      bigint not null,
    plan       jsonb not null,
    created    timestamptz not null,
    created_by text not null,
    revision   integer not null,
    state      text not null,
    why        text not null,
    leg        text,
    wave       integer,
    since      timestamptz,
    job        bigint,
    course     jsonb not null
);

create index campaigns_at_work on campaigns (id) where state in ('RUNNING', 'ROLLING_BACK');

-- Which devices it concerns, in the order of its waves, and the firmware that each ran before.
create table campaign_devices (
    campaign bigint not null references campaigns (id) on delete cascade,
    position integer not null,
    device   text collate "C" not null,
    version  text not null,
    primary key (campaign, position)
);

create unique index campaign_devices_device on campaign_devices (campaign, device);

-- Of a job that a campaign has made, the positions of its devices: from the first to before the second.
alter table jobs add column campaign bigint references campaigns (id) on delete cascade;
alter table jobs add column span_from integer;
alter table jobs add column span_to integer;

create index jobs_campaign on jobs (campaign) where campaign is not null;
