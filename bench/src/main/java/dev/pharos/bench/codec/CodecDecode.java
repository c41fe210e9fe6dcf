// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.codec;

import com.google.protobuf.ByteString;
import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.codec.internal.UspMsgProto;
import dev.pharos.usp.codec.internal.UspRecordProto;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import java.io.IOException;
import java.util.List;

/// Record and Message decoded, against protobuf's own parser of both.
public final class CodecDecode implements Benchmark {
    private static final int REPEAT = 150;
    private static final double TARGET = 1.3;

    @Override
    public String name() {
        return "codec-decode";
    }

    @Override
    public String definition() {
        return "decoding Records with their Messages, six of each kind of size / protobuf-java's parseFrom of both";
    }

    @Override
    public Outcome run() throws Exception {
        List<Bytes> records = Corpus.records();
        List<byte[]> raw = records.stream().map(Bytes::toByteArray).toList();
        if (ours(records) != baseline(raw)) {
            throw new IllegalStateException("the two sides read different messages");
        }
        double each = 1000.0 * records.size() * REPEAT;
        return new Rounds(6, 15)
                .compare(
                        () -> timed(() -> repeat(() -> ours(records))) / each,
                        () -> timed(() -> repeat(() -> baseline(raw))) / each,
                        TARGET,
                        true,
                        "µs/message");
    }

    /// Something that must be done and counts what it saw, so that nothing is optimised away.
    interface Work {
        long run() throws MalformedInputException, IOException;
    }

    static double timed(Work work) throws MalformedInputException, IOException {
        long begin = System.nanoTime();
        if (work.run() == 0) {
            throw new IllegalStateException("nothing was done");
        }
        return System.nanoTime() - begin;
    }

    static long repeat(Work work) throws MalformedInputException, IOException {
        long seen = 0;
        for (int i = 0; i < REPEAT; i++) {
            seen += work.run();
        }
        return seen;
    }

    private static long ours(List<Bytes> records) throws MalformedInputException {
        long seen = 0;
        for (Bytes bytes : records) {
            RecordType type = RecordCodec.decode(bytes).type();
            if (type instanceof RecordType.NoSessionContext(Bytes payload)) {
                UspMessage message = MessageCodec.decode(payload);
                seen += message.id().value().length();
            }
        }
        return seen;
    }

    private static long baseline(List<byte[]> records) throws IOException {
        long seen = 0;
        for (byte[] bytes : records) {
            ByteString payload =
                    UspRecordProto.Record.parseFrom(bytes).getNoSessionContext().getPayload();
            seen += UspMsgProto.Msg.parseFrom(payload).getHeader().getMsgId().length();
        }
        return seen;
    }
}
