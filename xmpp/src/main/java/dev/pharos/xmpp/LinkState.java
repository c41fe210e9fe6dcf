// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

/// How a connection to an XMPP server stands.
public sealed interface LinkState {
    record Connecting() implements LinkState {}

    /// @param jid the full name under which we are reached
    record Up(String jid, boolean encrypted) implements LinkState {}

    /// It is tried again.
    ///
    /// @param reason in words for people
    record Down(Trouble trouble, String reason) implements LinkState {}

    /// What is wrong.
    enum Trouble {
        NO_SERVER,
        NOT_ACCEPTED,
        OTHER
    }
}
