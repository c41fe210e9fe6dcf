// SPDX-License-Identifier: Apache-2.0
/// Firmware images: the files of the repository, and the links by which devices fetch them.
@NullMarked
package dev.pharos.server.firmware;

import org.jspecify.annotations.NullMarked;
