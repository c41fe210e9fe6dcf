// SPDX-License-Identifier: Apache-2.0
/// What the server keeps in PostgreSQL: the Controller's stores, tokens, the audit trail and the answers to
/// idempotent requests.
@NullMarked
package dev.pharos.server.store;

import org.jspecify.annotations.NullMarked;
