-- Some people are vouched for by an OpenID provider: its name and its name for them say who they are, and they have no password here.
alter table users add column issuer text;
alter table users add column subject text;
create unique index users_by_origin on users (issuer, subject) where issuer is not null;
