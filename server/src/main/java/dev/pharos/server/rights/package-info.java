// SPDX-License-Identifier: Apache-2.0
/// What people and tokens may do: see docs/people.md.
@NullMarked
package dev.pharos.server.rights;

import org.jspecify.annotations.NullMarked;
