// SPDX-License-Identifier: Apache-2.0
/// What both ends know of software modules alike: their UUIDs, which of two versions is later, and who has signed one.
@NullMarked
package dev.pharos.datamodel.software;

import org.jspecify.annotations.NullMarked;
