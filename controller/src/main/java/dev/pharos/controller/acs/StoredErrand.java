// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;

/// An errand that waits.
///
/// @param seq in whose order errands are done
/// @param asked when
/// @param attempts how often it was begun, over TR-069 or USP, and not known to be done
public record StoredErrand(long seq, EndpointId device, Errand errand, Instant asked, int attempts) {}
