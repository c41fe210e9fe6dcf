// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// Somebody who was not let in, or who was let in and sent what is not let through.
///
/// @param device who it says it is, where it says so
/// @param place where it came from the last time
/// @param count how often it was refused since the server started
/// @param reason why, the last time, in a sentence
public record RefusedPeer(
        Optional<EndpointId> device, WirePlace place, long count, Instant first, Instant last, String reason) {}
