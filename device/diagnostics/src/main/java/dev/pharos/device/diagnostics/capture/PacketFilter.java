// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.UspException;
import java.util.function.Predicate;

/// Which packets are wanted.
public final class PacketFilter {
    private final Predicate<Frame> wanted;

    private PacketFilter(Predicate<Frame> wanted) {
        this.wanted = wanted;
    }

    /// @param expression the part of the language of tcpdump that `docs/diagnostics.md` names; blank for all packets
    /// @throws UspException 7027 saying which word it does not understand
    public static PacketFilter of(String expression) {
        return new PacketFilter(expression.isBlank() ? frame -> true : new FilterReader(expression).read());
    }

    public boolean wants(LinkKind kind, Packet packet) {
        return wanted.test(Frame.of(kind, packet));
    }
}
