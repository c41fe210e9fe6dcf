-- SPDX-License-Identifier: Apache-2.0
-- Campaigns that bring no image but move devices to USP; which campaign moved a device, how far it came at most, and why it went back.
alter table campaigns alter column image drop not null;

alter table device_migrations add column campaign bigint references campaigns (id) on delete set null;
alter table device_migrations add column reached text not null default 'eligible';
alter table device_migrations add column reason text not null default '';

update device_migrations m set
    reached = coalesce((select s.step ->> 'state' from jsonb_array_elements(m.body -> 'steps') with ordinality s (step, place)
        where s.step ->> 'state' in ('eligible', 'configured', 'connected', 'verified', 'stood-by', 'done') order by s.place desc limit 1), 'eligible'),
    reason = case when (m.body ->> 'calledBack')::boolean then 'called-back' else '' end;

create index device_migrations_campaign on device_migrations (campaign) where campaign is not null;
