-- SPDX-License-Identifier: Apache-2.0
-- Half of a hash tells keys apart as well, and is half as much to write for each notification.
alter table event_keys alter column key type bytea using substring(key from 1 for 16);

-- Rows come in the order of time, and are deleted by it once an hour: pages are found by what their times are, and no entry for each row.
drop index event_keys_time;
create index event_keys_time on event_keys using brin (time) with (autosummarize = on);

-- Five minutes of a device of which there are samples that its rows of series_rolled do not count yet, and numbers of which paths. Whoever
-- adds a sample notes it here in the same transaction.
create table series_unrolled (
    device_no bigint not null,
    time      timestamptz not null,
    paths     integer[] not null,
    primary key (device_no, time)
) with (fillfactor = 50);

create or replace function forget_series() returns trigger language plpgsql as $$
begin
    delete from series_unrolled where device_no = old.no;
    delete from series where device_no = old.no;
    delete from series_rolled where device_no = old.no;
    return null;
end
$$;
