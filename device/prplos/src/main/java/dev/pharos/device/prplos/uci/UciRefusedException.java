// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

/// A change that the configuration does not take as it is now: its section is gone, its name is taken, its
/// value is none that UCI can hold. Without a stack trace, since it is an answer and not a defect.
public final class UciRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public UciRefusedException(String why) {
        super("uci: " + why, null, false, false);
    }
}
