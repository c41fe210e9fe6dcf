// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// Which protocol versions the device speaks, `1.3,1.4`.
public record ProtocolsAnswer(String agentSupportedProtocolVersions) {}
