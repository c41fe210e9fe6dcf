// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.OutboundQueue;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The baseline: dials like an agent and gives every Record back as it came, after it is safe on disk where a file
/// is named. Arguments: `URL [FILE]`. Ends with its standard input.
public final class EchoEndpoint implements MtpReceiver {
    private static final int WAITING = 65_536;

    private final Optional<FileChannel> kept;
    private final OutboundQueue waiting = new OutboundQueue(WAITING);

    private EchoEndpoint(Optional<FileChannel> kept) {
        this.kept = kept;
    }

    public static void main(String[] arguments) throws IOException {
        Optional<FileChannel> kept = arguments.length < 2
                ? Optional.empty()
                : Optional.of(
                        FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        ControllerAddress.parse(arguments[0], Access.NONE)
                .transport(ControllerEnd.PEER, ControllerEnd.OWN)
                .start(new EchoEndpoint(kept));
        while (System.in.read() >= 0) {
            // whoever started this is still there
        }
        System.exit(0);
    }

    @Override
    public void connected(MtpConnection connection) {
        send(
                connection,
                RecordCodec.encode(
                        UspRecord.plain(ControllerEnd.OWN, ControllerEnd.PEER, new RecordType.WebSocketConnect())));
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        kept.ifPresent(file -> keep(file, record));
        send(connection, record);
    }

    private static void keep(FileChannel file, Bytes record) {
        try {
            ByteBuffer content = ByteBuffer.wrap(record.toByteArray());
            while (content.hasRemaining()) {
                file.write(content);
            }
            file.force(false);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// What finds no room waits for it, as with the agent: nothing of a window is lost.
    private void send(MtpConnection connection, Bytes record) {
        try {
            connection.send(record);
        } catch (QueueFullException full) {
            if (!waiting.offer(() -> connection.send(record))) {
                System.err.println("echo: too much waits");
            }
        } catch (IOException failed) {
            // the measuring side sees that it does not come back
            System.err.println("echo: " + failed.getMessage());
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {}

    @Override
    public void refused(PeerIdentity peer, String reason) {
        System.err.println("echo: " + reason);
    }
}
