// SPDX-License-Identifier: Apache-2.0
/// The Broadband Forum's controller API, for programs that are written for it: the same services as the REST interface,
/// with the same rights, in other words. See docs/northbound.md.
@NullMarked
package dev.pharos.server.northbound;

import org.jspecify.annotations.NullMarked;
