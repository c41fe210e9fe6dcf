// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.DuOperation;

/// A command of USP on a deployment unit, and the operation that TR-069 has for it.
///
/// @param command its whole path, as it was asked for
/// @param commandKey of whoever asks, given back when it has ended
public record ModuleChange(String command, String commandKey, DuOperation operation) {
    /// Without the operation, which may hold a login.
    @Override
    public String toString() {
        return command;
    }
}
