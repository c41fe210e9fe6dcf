-- SPDX-License-Identifier: Apache-2.0
-- The last time, in seconds since 1970, that a device has said in a datagram that it has signed with its login, and the
-- SHA-256 of each nonce of that second: none is taken twice, whichever server hears it. Null where none was heard.
alter table cwmp_logins add column heard_time bigint, add column heard_nonces bytea[];
