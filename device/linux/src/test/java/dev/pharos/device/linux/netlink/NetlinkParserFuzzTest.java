// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.MalformedInputException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// No bytes make the parser fail in another way than by its one exception, and what it lets through can be
/// taken in.
class NetlinkParserFuzzTest {
    @MethodSource("recorded")
    @FuzzTest(maxDuration = "20s")
    void any_datagram_is_read_or_refused(byte[] datagram) {
        NetworkState state = new NetworkState();
        try {
            NetlinkParser.parse(ByteBuffer.wrap(datagram)).messages().forEach(state::apply);
        } catch (MalformedInputException refused) {
            assertThat(refused.detail()).startsWith("netlink: ");
        }
        assertThat(state.links().size()).isLessThanOrEqualTo(NetlinkBounds.LINKS);
    }

    static Stream<byte[]> recorded() {
        return Recorded.ALL.values().stream();
    }
}
