// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Notification.OperationComplete;
import java.time.Instant;
import java.util.Map;

/// An asynchronous command that has ended.
///
/// @param inputs empty where it ended with the process that ran it: arguments may be secrets, which are not kept
public record EndedCommand(
        EndpointId originator, Instant started, Map<String, String> inputs, OperationComplete complete) {}
