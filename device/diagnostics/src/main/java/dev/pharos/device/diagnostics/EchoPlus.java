// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.nio.ByteBuffer;

/// What a packet of UDPEchoPlus begins with (TR-143 appendix A.1): five unsigned 32-bit numbers.
///
/// @param generated the sequence number of who sent it
/// @param responded the sequence number of who answered, which grows by one with each answer; 0 in a request
/// @param received when the request came to who answered, in microseconds
/// @param replied when the answer left
/// @param failures of who answered: packets that came and were not answered
record EchoPlus(long generated, long responded, long received, long replied, long failures) {
    static final int BYTES = 20;

    private static final long MASK = 0xFFFF_FFFFL;

    static EchoPlus request(long number) {
        return new EchoPlus(number, 0, 0, 0, 0);
    }

    /// @param data with at least [#BYTES]
    static EchoPlus read(ByteBuffer data) {
        int at = data.position();
        return new EchoPlus(
                data.getInt(at) & MASK,
                data.getInt(at + 4) & MASK,
                data.getInt(at + 8) & MASK,
                data.getInt(at + 12) & MASK,
                data.getInt(at + 16) & MASK);
    }

    /// Over the first bytes of a packet.
    void write(ByteBuffer data) {
        int at = data.position();
        data.putInt(at, (int) generated);
        data.putInt(at + 4, (int) responded);
        data.putInt(at + 8, (int) received);
        data.putInt(at + 12, (int) replied);
        data.putInt(at + 16, (int) failures);
    }
}
