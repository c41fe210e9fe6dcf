// SPDX-License-Identifier: Apache-2.0
/// What is kept in PostgreSQL, against PostgreSQL alone.
@NullMarked
package dev.pharos.bench.store;

import org.jspecify.annotations.NullMarked;
