// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.access.Requester;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.Request;
import java.util.List;
import java.util.Optional;

/// Whoever answers for a part of the data model: the agent itself, or one Service.
interface Target {
    /// The paths that it has registered; none for the agent itself.
    List<String> registered();

    /// The Response or Error; empty where the request asks for none.
    Optional<Body> answer(Request<?> request, Requester requester);
}
