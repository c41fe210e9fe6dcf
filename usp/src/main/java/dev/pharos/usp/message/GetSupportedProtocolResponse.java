// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// Which protocol versions the Agent speaks, as a comma-separated list of Major.Minor.
public record GetSupportedProtocolResponse(String agentSupportedProtocolVersions) implements Response {}
