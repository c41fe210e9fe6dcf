// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.BootCause;

/// What there is to say about a start of the device.
///
/// @param commandKey of the command that caused it, else empty
/// @param reason of the command that caused it, else empty
public record Boot(BootCause cause, String commandKey, String reason, boolean firmwareUpdated) {}
