-- SPDX-License-Identifier: Apache-2.0
-- When the last backup was made stands in the audit log, and is looked for whenever somebody looks at how the server is.
create index audit_backups on audit (seq) where action = 'backup made';
