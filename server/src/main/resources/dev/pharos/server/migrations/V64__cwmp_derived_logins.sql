-- SPDX-License-Identifier: Apache-2.0
-- From what the password of a login is derived, by a key of the server: what a device signs with it can be judged.
-- Null of logins that were made before, whose passwords nobody here knows.
alter table cwmp_logins add column salt bytea;
