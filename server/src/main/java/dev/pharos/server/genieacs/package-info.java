// SPDX-License-Identifier: Apache-2.0
/// What an installation of GenieACS does by presets, provisions and virtual parameters, as profiles and names of
/// Pharos, as far as it can be said by them: docs/genieacs.md. Nothing of an export is executed.
@NullMarked
package dev.pharos.server.genieacs;

import org.jspecify.annotations.NullMarked;
