// SPDX-License-Identifier: Apache-2.0
/// The data model at work: an immutable tree, transactions that copy the path they change, search, keys and
/// references.
@NullMarked
package dev.pharos.datamodel.engine;

import org.jspecify.annotations.NullMarked;
