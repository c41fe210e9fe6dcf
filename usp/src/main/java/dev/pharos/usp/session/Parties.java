// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.EndpointId;

/// The two Endpoints of a session.
public record Parties(EndpointId own, EndpointId peer) {}
