// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.mtp.Mtp;
import dev.pharos.usp.EndpointId;

/// Makes the transports for what the data model says, in a program that has them: it knows certificates, whom to
/// trust, and passwords that are not in the data model.
public interface Dialler {
    /// A client for one agent, not yet started.
    ///
    /// @throws IllegalArgumentException where the route cannot be used, saying why
    Mtp dial(EndpointId agent, EndpointId controller, Route route);
}
