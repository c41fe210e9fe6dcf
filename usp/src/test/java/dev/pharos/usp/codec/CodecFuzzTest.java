// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.UspRecord;

/// Whatever the bytes are, reading them ends in a value or in [MalformedInputException]; a value survives
/// being written and read again. Runs over its seeds here; `JAZZER_FUZZ=1` makes it search.
class CodecFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_record_is_read_or_refused(byte[] data) {
        try {
            UspRecord record = RecordCodec.decode(Bytes.copyOf(data));
            assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
        } catch (MalformedInputException refused) {
            assertThat(refused.code().code()).isIn(7100, 7104);
        }
    }

    @FuzzTest(maxDuration = "20s")
    void a_message_is_read_or_refused(byte[] data) {
        Bytes bytes = Bytes.copyOf(data);
        MessageCodec.envelope(bytes);
        try {
            UspMessage message = MessageCodec.decode(bytes);
            assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
        } catch (MalformedInputException refused) {
            assertThat(refused.code().code()).isIn(7000, 7001, 7004);
        }
    }
}
