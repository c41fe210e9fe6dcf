// SPDX-License-Identifier: Apache-2.0
/// The ACS's side of CWMP: how a session goes and to whom a message belongs; without HTTP, which the program brings.
@NullMarked
package dev.pharos.cwmp.acs;

import org.jspecify.annotations.NullMarked;
