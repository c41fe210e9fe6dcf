// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.software;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of two versions is later: numbers as numbers, words as words, a number after no number, and `1.0` before
/// `1.0.1` but after `1.0-rc1`.
public final class VersionOrder implements Comparator<String>, Serializable {
    public static final VersionOrder NATURAL = new VersionOrder();

    private static final long serialVersionUID = 1L;
    private static final Pattern PART = Pattern.compile("([0-9]+)|([A-Za-z]+)");

    private VersionOrder() {}

    @Override
    public int compare(String one, String other) {
        Matcher left = PART.matcher(one);
        Matcher right = PART.matcher(other);
        while (true) {
            boolean more = left.find();
            boolean otherMore = right.find();
            if (!more && !otherMore) {
                return 0;
            }
            if (!more) {
                return right.group(1) != null ? -1 : 1;
            }
            if (!otherMore) {
                return left.group(1) != null ? 1 : -1;
            }
            int part = part(left, right);
            if (part != 0) {
                return part;
            }
        }
    }

    private static int part(Matcher left, Matcher right) {
        boolean number = left.group(1) != null;
        boolean otherNumber = right.group(1) != null;
        if (number && otherNumber) {
            return new BigInteger(left.group()).compareTo(new BigInteger(right.group()));
        }
        return number == otherNumber ? left.group().compareTo(right.group()) : Boolean.compare(number, otherNumber);
    }
}
