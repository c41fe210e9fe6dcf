// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.MalformedInputException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// No bytes on the bus make us fail in another way than by the one exception.
class UbusFuzzTest {
    @MethodSource("messages")
    @FuzzTest(maxDuration = "20s")
    void any_message_is_read_or_refused(byte[] bytes) {
        if (bytes.length < UbusMessage.HEAD_BYTES || UbusMessage.bodyBytes(bytes) < 0) {
            return;
        }
        byte[] head = Arrays.copyOf(bytes, UbusMessage.HEAD_BYTES);
        byte[] body = Arrays.copyOfRange(bytes, UbusMessage.HEAD_BYTES, bytes.length);
        UbusMessage.decoded(head, body).ifPresent(UbusFuzzTest::look);
    }

    private static void look(UbusMessage message) {
        for (UbusAttribute id : UbusAttribute.values()) {
            message.attributes().text(id);
            message.attributes().word(id);
            message.attributes().flag(id);
            try {
                UbusTable table = message.attributes().table(id);
                assertThat(UbusAttributes.NONE
                                .with(id, table)
                                .table(id)
                                .members()
                                .keySet())
                        .isEqualTo(table.members().keySet());
            } catch (MalformedInputException refused) {
                assertThat(refused.detail()).startsWith("ubus: ");
            }
        }
        assertThat(message.status()).isNotNull();
    }

    static Stream<byte[]> messages() {
        return Stream.of(
                        "00000000a42d3ee500000004",
                        "000100023c931feb0000001401000008000000000300000800000001",
                        "00050001000000010000004c03000008000000010400000973656e6400000000070000348300001500026964000000007573702e"
                                + "626f6f740000000082000018000464617461000085" + "00000c00016e0000000001",
                        "00060001000000000000005c0200000c73657276696365000600004c8200002c00056576656e7400850000100004747970650000"
                                + "00000003850000100004646174610000000000028200001c00046c697374000085000010"
                                + "00046e616d65000000000003")
                .map(HexFormat.of()::parseHex);
    }
}
