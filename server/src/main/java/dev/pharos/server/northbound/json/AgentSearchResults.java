// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import java.util.List;

/// Endpoint IDs.
public record AgentSearchResults(List<String> outputArgs) {}
