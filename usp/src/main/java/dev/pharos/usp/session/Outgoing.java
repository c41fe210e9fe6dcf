// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;

/// A Message on its way out.
///
/// @param sendings in how many Session Contexts it was sent
record Outgoing(Bytes message, OnRestart onRestart, int sendings) {
    Outgoing again() {
        return new Outgoing(message, onRestart, sendings + 1);
    }
}
