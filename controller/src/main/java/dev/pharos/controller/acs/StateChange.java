// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

/// A command of USP that starts or stops an execution unit.
///
/// @param command its whole path, as it was asked for
/// @param commandKey of whoever asks, given back when it has ended
/// @param unit its path, with the dot
/// @param state `Active` or `Idle`
public record StateChange(String command, String commandKey, String unit, String state) {
    @Override
    public String toString() {
        return unit + " is to be " + state;
    }
}
