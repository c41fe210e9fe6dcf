-- What people sign in with in place of a password: of a passkey only the public half is here.
create table passkeys (
    id bigint generated always as identity primary key,
    credential bytea not null unique,
    owner text not null references users (name) on delete cascade,
    name text not null,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    created timestamptz not null,
    last_used timestamptz
);
create index passkeys_by_owner on passkeys (owner);

-- What authenticators call a person: random, so that it tells nobody who that is.
create table passkey_handles (
    owner text primary key references users (name) on delete cascade,
    handle bytea not null
);
