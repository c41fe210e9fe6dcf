// SPDX-License-Identifier: Apache-2.0
/// `/etc/config/usp` and the agent's own data model, each following the other.
@NullMarked
package dev.pharos.cli.settings;

import org.jspecify.annotations.NullMarked;
