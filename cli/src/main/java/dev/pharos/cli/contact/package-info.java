// SPDX-License-Identifier: Apache-2.0
/// How the agent's connections to its controllers stand.
@NullMarked
package dev.pharos.cli.contact;

import org.jspecify.annotations.NullMarked;
