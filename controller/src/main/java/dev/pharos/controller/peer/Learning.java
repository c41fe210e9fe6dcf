// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

/// How far a device is learnt.
///
/// @param reason why it failed, empty otherwise
/// @param failures in a row
public record Learning(State state, String reason, int failures) {
    public static final Learning NONE = new Learning(State.IDLE, "", 0);

    public enum State {
        IDLE,
        RUNNING,
        FAILED
    }
}
