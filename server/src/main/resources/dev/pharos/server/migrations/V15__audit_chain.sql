-- Each entry of the audit log is sealed with the hash of all that came before it: see docs/audit.md. What was written before this is sealed
-- as it stands now.
alter table audit add column hash bytea;

do $$
declare
    entry  record;
    field  text;
    sealed bytea := decode(repeat('00', 32), 'hex');
begin
    for entry in select * from audit order by seq loop
        sealed := sealed || int8send(entry.seq) || int8send((extract(epoch from entry.time) * 1000000)::bigint);
        foreach field in array array[entry.user_name, entry.action, entry.device, entry.detail] loop
            sealed := sealed || int4send(octet_length(convert_to(field, 'UTF8'))) || convert_to(field, 'UTF8');
        end loop;
        sealed := sha256(sealed);
        update audit set hash = sealed where seq = entry.seq;
    end loop;
end
$$;

alter table audit alter column hash set not null;

create index audit_by_user on audit (user_name, seq);
create index audit_by_device on audit (device, seq) where device <> '';
