-- People and tokens may be limited to the devices of a query; empty for all devices.
alter table users add column scope text not null default '';
alter table users alter column scope drop default;
alter table tokens add column scope text not null default '';
alter table tokens alter column scope drop default;
