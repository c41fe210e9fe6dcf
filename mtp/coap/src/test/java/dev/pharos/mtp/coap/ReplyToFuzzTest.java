// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.MalformedInputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Whatever the query of a request says, answers go to whoever sent it or to nobody, and what is read is written
/// again as the same.
class ReplyToFuzzTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 40_001);

    /// Lines are queries; the first is given what a reply-to begins with, so that more than the beginning is tried.
    @FuzzTest(maxDuration = "20s")
    void answers_go_to_the_sender_or_to_nobody(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        for (List<String> queries : List.of(
                List.of("reply-to=" + text),
                List.of("reply-to=coap://" + text),
                List.of("reply-to=coap://192.0.2.7:5683/" + text),
                Arrays.asList(text.split("\n", -1)))) {
            try {
                ReplyTo found = ReplyTo.read(queries, SOURCE, false);
                assertThat(found.address().getAddress()).isEqualTo(SOURCE.getAddress());
                assertThat(found.address().getPort()).isPositive();
                assertThat(CoapUri.parse(found.uri().toString())).isEqualTo(found.uri());
            } catch (MalformedInputException refused) {
                assertThat(refused.detail()).contains("reply-to");
            }
        }
    }
}
