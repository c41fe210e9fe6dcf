// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// The device at the other end.
///
/// @param device who it is, or who it says it is; empty where it has not said
/// @param admitted whether it was let in under that name
public record WirePeer(Optional<EndpointId> device, boolean admitted, WirePlace place) {}
