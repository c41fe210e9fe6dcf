// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

/// IP addresses as text: dotted, or in the one form that RFC 5952 recommends.
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /// @param bytes 4 or 16
    public static String of(byte[] bytes) {
        if (bytes.length == 4) {
            return (bytes[0] & 0xFF) + "." + (bytes[1] & 0xFF) + "." + (bytes[2] & 0xFF) + "." + (bytes[3] & 0xFF);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        int zeros = longestZeros(groups);
        int length = zeros < 0 ? 0 : zeros(groups, zeros);
        StringBuilder text = new StringBuilder(39);
        int i = 0;
        while (i < GROUPS) {
            if (i == zeros) {
                text.append("::");
                i += length;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
                i++;
            }
        }
        return text.toString();
    }

    /// The network mask of this many bits, dotted.
    public static String mask(int prefix) {
        int mask = prefix <= 0 ? 0 : -1 << (32 - Math.min(prefix, 32));
        return of(new byte[] {(byte) (mask >>> 24), (byte) (mask >>> 16), (byte) (mask >>> 8), (byte) mask});
    }

    /// Where the longest run of at least two zero groups begins, the first of equal ones; -1 where there is
    /// none.
    private static int longestZeros(int[] groups) {
        int best = -1;
        int most = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(groups, i);
            if (length > most) {
                best = i;
                most = length;
            }
        }
        return best;
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }
}
