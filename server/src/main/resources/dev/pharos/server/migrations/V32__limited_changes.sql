-- Which paths people and tokens may change; none for what their role says.
alter table users add column changes text[] not null default '{}';
alter table users alter column changes drop default;
alter table tokens add column changes text[] not null default '{}';
alter table tokens alter column changes drop default;
