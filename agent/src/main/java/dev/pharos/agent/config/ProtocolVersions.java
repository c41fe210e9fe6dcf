// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

/// The versions of USP that an agent speaks.
public final class ProtocolVersions {
    /// All of them, since later versions only added to earlier ones.
    public static final String SUPPORTED = "1.0,1.1,1.2,1.3,1.4";

    private ProtocolVersions() {}
}
