// SPDX-License-Identifier: Apache-2.0

/// The CPE's end of TR-069: what it has to tell, kept until it was told, and the session in which it tells it and does
/// what the ACS asks for. Pure: whoever runs it makes the HTTP exchanges and waits between the attempts.
@NullMarked
package dev.pharos.cwmp.cpe;

import org.jspecify.annotations.NullMarked;
