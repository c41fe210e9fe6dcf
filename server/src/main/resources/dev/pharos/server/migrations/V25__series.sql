-- SPDX-License-Identifier: Apache-2.0
-- What parameters were, of those that somebody asked to keep.
create table series_kept (
    pattern  text collate "C" primary key,
    added    timestamptz not null,
    added_by text not null
);

-- A sample names its parameter by a number: thousands of devices have the same few hundred paths.
create table series_paths (
    no   integer generated always as identity primary key,
    path text collate "C" not null unique
);

-- Each value as it was told, in parts of a day. One of number and text is null.
create table series (
    device_no bigint not null,
    path_no   integer not null,
    time      timestamptz not null,
    number    numeric,
    text      text,
    primary key (device_no, path_no, time)
) partition by range (time);

-- Five minutes of numbers in one row, in parts of a month. Written with the samples, so that late ones count too and nothing is behind.
create table series_rolled (
    device_no bigint not null,
    path_no   integer not null,
    time      timestamptz not null,
    low       numeric not null,
    high      numeric not null,
    total     numeric not null,
    count     bigint not null,
    primary key (device_no, path_no, time)
) partition by range (time);

create function forget_series() returns trigger language plpgsql as $$
begin
    delete from series where device_no = old.no;
    delete from series_rolled where device_no = old.no;
    return null;
end
$$;

create trigger devices_forget_series after delete on devices for each row execute function forget_series();
