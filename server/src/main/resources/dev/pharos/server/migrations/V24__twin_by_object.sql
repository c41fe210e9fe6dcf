-- SPDX-License-Identifier: Apache-2.0
-- Rows of the same object of all devices lie together, in one of 64 parts: a query over a parameter reads that part, and not the pages of
-- every device. See decision 0160. The keys are made after the rows are there, which takes a fraction of the time.
alter table twin rename to twin_before;

create table twin (
    device_no   bigint not null,
    object_path text collate "C" not null,
    parameters  jsonb not null
) partition by hash (object_path);

do $$
begin
    for part in 0..63 loop
        execute format('create table twin_%s partition of twin for values with (modulus 64, remainder %s) with (fillfactor = 80)', part, part);
    end loop;
end
$$;

insert into twin (device_no, object_path, parameters) select device_no, object_path, parameters from twin_before;
drop table twin_before;

alter table twin add primary key (device_no, object_path);

-- In place of a foreign key, whose check of each row is a third of what writing it costs: whoever writes twins has locked the devices
-- before, so that none of them can go meanwhile.
create function forget_twin() returns trigger language plpgsql as $$
begin
    delete from twin where device_no = old.no;
    return null;
end
$$;

create trigger devices_forget_twin after delete on devices for each row execute function forget_twin();

-- Which parts hold rows of a table, and where in them.
create index twin_object_path on twin (object_path);

-- Else the first queries after an upgrade are planned for an empty table.
analyze twin;
