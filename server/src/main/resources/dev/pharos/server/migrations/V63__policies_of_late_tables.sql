-- SPDX-License-Identifier: Apache-2.0
-- A table of a lower number that came after V61 to a database has no policy there, for V61 has looked for it in vain.
do $$
declare
    late text;
begin
    for late in select c.relname from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'device_no' and not a.attisdropped
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and not c.relrowsecurity loop
        execute format('alter table %I enable row level security', late);
        execute format('create policy of_device on %I using (coalesce(device_no >> 40 = (select asking_tenant()), false))',
            late);
    end loop;
end
$$;
