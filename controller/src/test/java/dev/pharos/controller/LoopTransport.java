// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A transport without a network or threads, whose peers are played by a test.
final class LoopTransport implements Mtp {
    private final Map<String, Supplier<LockstepAgent>> behindTheBroker = new ConcurrentHashMap<>();
    private @Nullable MtpReceiver receiver;

    @Override
    public void start(MtpReceiver theReceiver) {
        receiver = theReceiver;
    }

    MtpReceiver receiver() {
        return Objects.requireNonNull(receiver);
    }

    /// A peer that connects from this host and says who it is.
    LockstepAgent connect(String id) {
        EndpointId own = EndpointId.of(id);
        return connect(
                own,
                new PeerIdentity(Optional.of(own), PeerIdentity.Proof.NONE, "127.0.0.1:4711", true),
                new ConnectInfo.WebSocket());
    }

    LockstepAgent connect(EndpointId own, PeerIdentity identity, ConnectInfo info) {
        LockstepAgent agent = new LockstepAgent(own, identity, info, receiver());
        receiver().connected(agent);
        return agent;
    }

    /// A peer that may be spoken to first at this address.
    void behindTheBroker(String address, Supplier<LockstepAgent> connects) {
        behindTheBroker.put(address, connects);
    }

    @Override
    public Optional<MtpConnection> reach(String address, boolean proven) {
        return proven
                ? Optional.empty()
                : Optional.ofNullable(behindTheBroker.get(address)).map(Supplier::get);
    }

    @Override
    public String description() {
        return "loop";
    }

    @Override
    public void close() {}
}
