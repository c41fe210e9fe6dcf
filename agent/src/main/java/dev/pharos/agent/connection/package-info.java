// SPDX-License-Identifier: Apache-2.0
/// Connections to controllers as the data model says: what is to be dialled, by which rows, and how it stands.
@NullMarked
package dev.pharos.agent.connection;

import org.jspecify.annotations.NullMarked;
