-- People with names, passwords and roles; tokens have roles too, and may expire. Tokens from before this may do everything, as they could.
create table users (
    name        text primary key,
    role        text not null,
    password    text not null,
    must_change boolean not null,
    disabled    boolean not null,
    created     timestamptz not null,
    created_by  text not null,
    last_seen   timestamptz
);

alter table tokens add column role text not null default 'ADMIN';
alter table tokens alter column role drop default;
alter table tokens add column expires timestamptz;
