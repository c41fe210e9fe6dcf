// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.usp.Bytes;
import java.util.HexFormat;

/// What a client says first that knows nothing newer than TLS 1.1 (RFC 4346 section 7.4.1.2).
public final class OldHello {
    public static final Bytes TLS_1_1 = Bytes.adopt(HexFormat.of()
            .parseHex(
                    // Handshake record, version 3.1, 45 bytes; ClientHello, 41 bytes, version 3.2
                    "160301002d" + "01000029" + "0302"
                            + "00".repeat(32)
                            // no session, one cipher suite (TLS_RSA_WITH_AES_128_CBC_SHA), no compression
                            + "00" + "0002002f" + "0100"));

    private OldHello() {}
}
