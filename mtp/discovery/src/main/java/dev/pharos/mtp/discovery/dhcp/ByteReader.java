// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;

/// Reads numbers and runs of bytes from front to back, and says what is cut off.
final class ByteReader {
    private final Bytes content;
    private final String what;
    private int position;

    /// @param what is being read, for the sentence about what is wrong with it
    ByteReader(Bytes content, String what) {
        this.content = content;
        this.what = what;
    }

    boolean atEnd() {
        return position == content.size();
    }

    int remaining() {
        return content.size() - position;
    }

    /// An unsigned number of 1 to 4 bytes.
    long number(int bytes) throws MalformedInputException {
        need(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | Byte.toUnsignedInt(content.at(position++));
        }
        return value;
    }

    Bytes bytes(int size) throws MalformedInputException {
        need(size);
        Bytes part = content.slice(position, position + size);
        position += size;
        return part;
    }

    private void need(int size) throws MalformedInputException {
        if (size > remaining()) {
            throw wrong("is cut off: " + size + " bytes are announced at byte " + position + ", " + remaining()
                    + " are there");
        }
    }

    MalformedInputException wrong(String why) {
        return new MalformedInputException(StandardErrorCode.INVALID_VALUE, what + " " + why);
    }
}
