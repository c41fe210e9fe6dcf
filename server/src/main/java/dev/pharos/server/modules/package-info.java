// SPDX-License-Identifier: Apache-2.0
/// The catalogue of software modules, and how they are brought to devices. See docs/software-modules.md.
@NullMarked
package dev.pharos.server.modules;

import org.jspecify.annotations.NullMarked;
