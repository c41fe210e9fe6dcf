// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

/// What a controller may do, as long as the device has no roles of its own (`ControllerTrust`).
public enum ControllerRole {
    /// Everything, but secured parameters read as empty text.
    FULL,
    /// Everything, secured parameters in clear: holds a SecuredRole.
    FULL_SECURED,
    /// Nothing but learning which protocol versions we speak.
    UNTRUSTED
}
