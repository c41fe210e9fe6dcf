// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.codec;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.internal.UspMsgProto;
import dev.pharos.usp.message.UspMessage;
import java.util.Arrays;
import java.util.List;

/// Messages encoded, against protobuf's own builder and toByteArray of the same, byte for byte equal.
public final class CodecEncode implements Benchmark {
    private static final double TARGET = 1.3;
    private static final int REPEAT = 150;

    @Override
    public String name() {
        return "codec-encode";
    }

    @Override
    public String definition() {
        return "building and encoding Messages, six of each kind of size / protobuf-java building and toByteArray of the same";
    }

    @Override
    public Outcome run() throws Exception {
        List<UspMessage> messages = Corpus.messages();
        List<UspMsgProto.Msg> reference = ReferenceCorpus.messages();
        for (int i = 0; i < messages.size(); i++) {
            byte[] ours = MessageCodec.encode(messages.get(i)).toByteArray();
            if (!Arrays.equals(ours, reference.get(i).toByteArray())) {
                throw new IllegalStateException("the two sides write different bytes for message " + i);
            }
        }
        double each = 1000.0 * messages.size() * REPEAT;
        return new Rounds(6, 15)
                .compare(
                        () -> CodecDecode.timed(() -> CodecDecode.repeat(CodecEncode::ours)) / each,
                        () -> CodecDecode.timed(() -> CodecDecode.repeat(CodecEncode::baseline)) / each,
                        TARGET,
                        true,
                        "µs/message");
    }

    private static long ours() {
        long bytes = 0;
        for (UspMessage message : Corpus.messages()) {
            bytes += MessageCodec.encode(message).size();
        }
        return bytes;
    }

    private static long baseline() {
        long bytes = 0;
        for (UspMsgProto.Msg message : ReferenceCorpus.messages()) {
            bytes += message.toByteArray().length;
        }
        return bytes;
    }
}
