// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

/// What the agent makes of whoever is at the other end of a connection.
public enum Admission {
    /// It is not the controller that it says, or the agent does not want it.
    REFUSED,
    /// An authority vouches for it, or it is known.
    KNOWN,
    /// It has been met for the first time, and nobody vouches for it.
    FIRST_USE;

    public boolean isGranted() {
        return this != REFUSED;
    }
}
