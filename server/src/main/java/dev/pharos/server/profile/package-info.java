// SPDX-License-Identifier: Apache-2.0
/// Profiles as files, planned over the whole inventory, brought to devices by jobs, and held.
@NullMarked
package dev.pharos.server.profile;

import org.jspecify.annotations.NullMarked;
