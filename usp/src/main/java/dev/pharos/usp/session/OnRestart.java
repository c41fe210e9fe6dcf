// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

/// What becomes of a Message that the peer has not acknowledged when the Session Context starts anew. The
/// peer may have acted on it all the same.
public enum OnRestart {
    /// It is sent once more in the new Session Context, a few times at most: for answers, notifications and
    /// requests that change nothing.
    SEND_AGAIN,
    /// It is given up, and whoever sent it is told: for requests that must not be carried out twice.
    GIVE_UP
}
