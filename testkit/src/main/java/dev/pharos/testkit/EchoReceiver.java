// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Answers every Record with itself, as far as the peer lets it, and keeps the reasons for which somebody was refused.
public final class EchoReceiver implements MtpReceiver {
    private static final Bytes HELLO = Bytes.ofUtf8("hello");

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    @Override
    public void connected(MtpConnection connection) {}

    @Override
    public void received(MtpConnection connection, Bytes record) {
        try {
            connection.send(record);
        } catch (IOException full) {
            connection.reading(true);
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {}

    @Override
    public void refused(PeerIdentity peer, String reason) {
        refusals.add(reason);
    }

    /// Why somebody was refused, in the order in which it happened.
    public Collection<String> refusals() {
        return List.copyOf(refusals);
    }

    /// Starts a client of a server that answers so, has one Record answered, and closes it.
    ///
    /// @throws AssertionError where that is not so
    public static void serves(Mtp client) {
        RecordingReceiver receiver = new RecordingReceiver();
        try (client) {
            client.start(receiver);
            receiver.nextConnected().send(HELLO);
            Bytes answer = receiver.nextRecord();
            if (!answer.equals(HELLO)) {
                throw new AssertionError("answered with " + answer);
            }
        } catch (IOException failed) {
            throw new AssertionError("not served", failed);
        }
    }
}
