// SPDX-License-Identifier: Apache-2.0
/// The agent as a device of TR-069 too: its data model to an ACS over HTTP.
@NullMarked
package dev.pharos.cli.cpe;

import org.jspecify.annotations.NullMarked;
