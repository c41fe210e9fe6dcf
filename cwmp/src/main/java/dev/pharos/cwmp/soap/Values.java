// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Arguments of methods as they are read: an empty one is what devices mean by it, 0 or unknown; nonsense is malformed.
final class Values {
    private Values() {}

    /// Text without blanks around it, as names have none.
    static String token(SoapCursor in) throws MalformedSoapException {
        return in.text().strip();
    }

    /// A ParameterKey or CommandKey.
    static String key(SoapCursor in) throws MalformedSoapException {
        String text = in.text();
        return in.emptyWords().contains(text) ? "" : text;
    }

    static boolean flag(SoapCursor in) throws MalformedSoapException {
        String name = in.name();
        String word = token(in);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "1", "true" -> true;
            case "0", "false", "" -> false;
            default -> throw wrong(in, name, word, "0 or 1");
        };
    }

    /// An unsignedInt.
    static long unsigned(SoapCursor in) throws MalformedSoapException {
        return number(in, 0, Limits.UNSIGNED_INT);
    }

    /// An int.
    static int integer(SoapCursor in) throws MalformedSoapException {
        return (int) number(in, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static Duration seconds(SoapCursor in) throws MalformedSoapException {
        return Duration.ofSeconds(unsigned(in));
    }

    static CwmpTime time(SoapCursor in) throws MalformedSoapException {
        String text = token(in);
        return text.isEmpty() ? CwmpTime.UNKNOWN : new CwmpTime(text);
    }

    /// One of these, the first of which has this number.
    static <E> E numbered(SoapCursor in, E[] values, int first) throws MalformedSoapException {
        String name = in.name();
        String word = token(in);
        long number = word.isEmpty() ? first : parse(in, name, word, first, first + values.length - 1L);
        return values[(int) number - first];
    }

    private static long number(SoapCursor in, long least, long most) throws MalformedSoapException {
        String name = in.name();
        String word = token(in);
        return word.isEmpty() ? 0 : parse(in, name, word, least, most);
    }

    private static long parse(SoapCursor in, String name, String word, long least, long most)
            throws MalformedSoapException {
        try {
            if (word.length() <= Limits.NUMBER_CHARACTERS) {
                long number = Long.parseLong(word);
                if (number >= least && number <= most) {
                    return number;
                }
            }
        } catch (NumberFormatException noNumber) {
            // said below, with its place
        }
        throw wrong(in, name, word, "a number from " + least + " to " + most);
    }

    private static MalformedSoapException wrong(SoapCursor in, String name, String word, String wanted) {
        return in.wrong(name + " is not " + wanted + ": '" + SoapCursor.shown(word) + "'");
    }

    /// How one item of a list is read.
    interface Item<T> {
        T read(SoapCursor in) throws MalformedSoapException;
    }

    /// The items of an array, whatever they are called and however many it says to have.
    static <T> List<T> list(SoapCursor in, Item<T> item) throws MalformedSoapException {
        List<T> list = new ArrayList<>();
        while (in.nextChild()) {
            list.add(item.read(in));
        }
        return list;
    }
}
