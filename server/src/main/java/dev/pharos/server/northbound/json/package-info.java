// SPDX-License-Identifier: Apache-2.0
/// What the Broadband Forum's controller API says and is told, as JSON: its names and its structure.
@NullMarked
package dev.pharos.server.northbound.json;

import org.jspecify.annotations.NullMarked;
