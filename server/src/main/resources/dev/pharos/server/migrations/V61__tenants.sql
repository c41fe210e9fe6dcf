-- SPDX-License-Identifier: Apache-2.0
-- Tenants: several who share one server and see nothing of each other. Everything that was there before belongs to the
-- first, `main`, which always exists. See docs/decisions/0294.

create table tenants (
    no         smallint primary key check (no >= 0),
    name       text collate "C" not null unique,
    created    timestamptz not null,
    created_by text not null
);

insert into tenants (no, name, created, created_by) values (0, 'main', now(), 'the server');

-- Whose connection this is; null, and then no row is anybody's, where it was not said.
create function asking_tenant() returns smallint language sql stable parallel safe
    return nullif(current_setting('pharos.tenant', true), '')::smallint;

-- The number of a device begins with that of its tenant, and with it the key of everything that hangs on a device: what
-- belongs to whom can be told from a key alone, and costs those who write nothing.
alter table devices add column tenant smallint not null default 0 references tenants (no);
alter table devices alter column tenant set default coalesce(asking_tenant(), 0);
alter table devices add constraint devices_number_of_tenant check (no >> 40 = tenant);
-- Counts are answered from indexes alone, which so have to know whose each row is.
create index devices_tenant on devices (tenant);
drop index devices_model_name;
create index devices_model_name on devices (model_name, id) include (tenant);
drop index devices_present;
create index devices_present on devices (id) include (tenant) where status <> 'OFFLINE';
-- Whose events are, where there are more tenants than one: who writes those of the first looks into nothing.
create index devices_of_others on devices (id) include (tenant) where tenant <> 0;

create function number_device() returns trigger language plpgsql as $$
begin
    new.no := (new.no & ((1::bigint << 40) - 1)) | (new.tenant::bigint << 40);
    return new;
end
$$;

create trigger devices_number before insert on devices for each row execute function number_device();

-- What people own. Who asks owns what they make; what the server makes by itself it gives to whose it is.
do $$
declare
    owned text;
begin
    foreach owned in array array['alarm_news', 'alarm_rules', 'alarms', 'approval_rules', 'approvals', 'bootstraps',
            'campaigns', 'device_groups', 'firmware_images', 'idempotency', 'jobs', 'passkey_handles', 'passkeys',
            'profile_versions', 'profiles', 'series_kept', 'tokens', 'users', 'webhooks'] loop
        execute format('alter table %I add column tenant smallint not null default 0 references tenants (no)', owned);
        execute format('alter table %I alter column tenant set default coalesce(asking_tenant(), 0)', owned);
    end loop;
end
$$;

-- No references: they are written all the time, and outlive what they tell of.
alter table audit add column tenant smallint not null default 0;
alter table events add column tenant smallint not null default 0;

-- Each tenant has a chain of its own.
create index audit_of_tenant on audit (tenant, seq);

-- A name is one's within a tenant. Those of devices, and of what devices come with, are everybody's: who they are has to
-- be found out before whose they are.
alter table passkeys drop constraint passkeys_owner_fkey;
alter table passkey_handles drop constraint passkey_handles_owner_fkey;
alter table users drop constraint users_pkey, add primary key (tenant, name);
alter table passkeys add foreign key (tenant, owner) references users (tenant, name) on delete cascade;
drop index passkeys_by_owner;
create index passkeys_by_owner on passkeys (tenant, owner);
alter table passkey_handles drop constraint passkey_handles_pkey, add primary key (tenant, owner),
    add foreign key (tenant, owner) references users (tenant, name) on delete cascade;
drop index users_by_origin;
create unique index users_by_origin on users (tenant, issuer, subject) where issuer is not null;
alter table device_groups drop constraint device_groups_pkey, add primary key (tenant, name);
alter table profiles drop constraint profiles_pkey, add primary key (tenant, name);
alter table profile_versions drop constraint profile_versions_pkey, add primary key (tenant, name, version);
alter table firmware_images drop constraint firmware_images_once,
    add constraint firmware_images_once unique (tenant, kind, vendor, name, version);
alter table webhooks drop constraint webhooks_name_key, add unique (tenant, name);
alter table alarm_rules drop constraint alarm_rules_name_key, add unique (tenant, name);
alter table series_kept drop constraint series_kept_pkey, add primary key (tenant, pattern);
alter table idempotency drop constraint idempotency_pkey, add primary key (tenant, key);
alter table approval_rules drop constraint approval_rules_pkey, drop column only_row, add primary key (tenant);
drop index approvals_once;
create unique index approvals_once on approvals (tenant, fingerprint) where state = 'WAITING';

-- Who may see and write which rows. It holds for the role in which people's requests are done; the server's own work is
-- done as the owner of the tables, for all tenants. A setting is read once for a statement, not once for a row.
do $$
declare
    guarded text;
begin
    foreach guarded in array array['alarm_news', 'alarm_rules', 'alarms', 'approval_rules', 'approvals', 'audit',
            'bootstraps', 'campaigns', 'device_groups', 'devices', 'events', 'firmware_images', 'idempotency', 'jobs',
            'passkey_handles', 'passkeys', 'profile_versions', 'profiles', 'series_kept', 'tokens', 'users',
            'webhooks'] loop
        execute format('alter table %I enable row level security', guarded);
        execute format('create policy of_tenant on %I using (tenant = (select asking_tenant()))', guarded);
    end loop;

    -- The planner has no statistics of a shifted number and would take one row of 200 for one's own; of what it cannot
    -- judge at all it expects half.
    foreach guarded in array array['bulk_deliveries', 'collector_logins', 'cwmp_errands', 'cwmp_logins',
            'cwmp_module_orders', 'cwmp_names', 'cwmp_notices', 'cwmp_proofs', 'cwmp_transfers', 'device_attributes',
            'device_files', 'device_logins', 'device_migrations', 'device_unions', 'diagnostics', 'dialled_devices',
            'enrolment_openings', 'enrolments', 'file_requests', 'profile_drift', 'profile_due', 'profile_secrets',
            'series', 'series_rolled', 'series_unrolled', 'twin'] loop
        -- of a lower number, and of another line of work, which may come after this
        continue when to_regclass(guarded) is null;
        execute format('alter table %I enable row level security', guarded);
        execute format('create policy of_device on %I using (coalesce(device_no >> 40 = (select asking_tenant()), false))',
            guarded);
    end loop;
end
$$;

alter table tenants enable row level security;
create policy of_tenant on tenants using (no = (select asking_tenant()));

-- What hangs on something else is whose that is.
alter table job_targets enable row level security;
create policy of_job on job_targets using (exists (select from jobs p where p.id = job_targets.job));
alter table job_answers enable row level security;
create policy of_job on job_answers using (exists (select from jobs p where p.id = job_answers.job));
alter table profile_changes enable row level security;
create policy of_job on profile_changes using (exists (select from jobs p where p.id = profile_changes.job));
alter table campaign_devices enable row level security;
create policy of_campaign on campaign_devices using (exists (select from campaigns p where p.id = campaign_devices.campaign));
alter table software_modules enable row level security;
create policy of_image on software_modules using (exists (select from firmware_images p where p.id = software_modules.image));
alter table webhook_deliveries enable row level security;
create policy of_webhook on webhook_deliveries using (exists (select from webhooks p where p.id = webhook_deliveries.webhook));
alter table alarm_watch enable row level security;
create policy of_rule on alarm_watch using (exists (select from alarm_rules p where p.id = alarm_watch.rule));
alter table alarm_notes enable row level security;
create policy of_alarm on alarm_notes using (exists (select from alarms p where p.id = alarm_notes.alarm));
alter table device_file_parts enable row level security;
create policy of_file on device_file_parts using (exists (select from device_files p where p.id = device_file_parts.file_id));
alter table profile_work enable row level security;
create policy of_device on profile_work using (exists (select from devices p where p.id = profile_work.device));

-- Strangers, and what the server counts of all who deliver, are the business of who runs it.
alter table bulk_refusals enable row level security;
create policy of_device on bulk_refusals using (coalesce(device_no >> 40, 0) = (select asking_tenant()));
alter table bulk_outcomes enable row level security;
create policy of_main on bulk_outcomes using ((select asking_tenant()) = 0);
