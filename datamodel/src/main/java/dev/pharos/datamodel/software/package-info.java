// SPDX-License-Identifier: Apache-2.0
/// How software modules are called, alike on both ends: their UUIDs, and which of two versions is later.
@NullMarked
package dev.pharos.datamodel.software;

import org.jspecify.annotations.NullMarked;
