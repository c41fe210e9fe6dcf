// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Comparisons of either kind of precondition.
final class Conditions {
    private static final String TAGS = "Tags.";

    private final Names names;

    Conditions(Names names) {
        this.names = names;
    }

    static boolean isTag(String name) {
        return name.startsWith(TAGS);
    }

    /// What a path cannot have stands in a tag as the code of each byte, `0x2E`.
    static Which tagged(String name, boolean is) throws UntranslatableException {
        String tag = name.substring(TAGS.length());
        try {
            return new Which.Tagged(
                    URLDecoder.decode(
                            tag.replace("+", "%2B").replaceAll("0x(?=[0-9A-Z]{2})", "%"), StandardCharsets.UTF_8),
                    is);
        } catch (IllegalArgumentException wrong) {
            throw new UntranslatableException(UntranslatableException.quoted(tag) + " is no tag");
        }
    }

    Which known(String name, boolean is) throws UntranslatableException {
        if (isTag(name)) {
            return tagged(name, is);
        }
        String path = names.inQuery(name);
        if (path.indexOf('.') < 0) {
            return is ? Which.every() : Which.every().not();
        }
        return new Which.Known(path, is);
    }

    /// @param sign of a query
    /// @param number whether the value is one
    Which compared(String name, String sign, String value, boolean number) throws UntranslatableException {
        if (isTag(name)) {
            boolean is = sign.equals("=") == value.equals("true");
            if (!(sign.equals("=") || sign.equals("!=")) || !(value.equals("true") || value.equals("false"))) {
                throw new UntranslatableException("a tag is there, or is not: " + name);
            }
            return tagged(name, is);
        }
        String path = names.inQuery(name);
        boolean ordered = !(sign.equals("=") || sign.equals("!="));
        if (ordered && (!number || path.indexOf('.') < 0)) {
            throw new UntranslatableException("only numbers of parameters are smaller or larger: " + name);
        }
        return new Which.Compared(path, sign, value);
    }

    /// @param pattern with `%` for any characters and `_` for one
    Which like(String name, String pattern) throws UntranslatableException {
        String within = pattern.replaceAll("^%+|%+$", "");
        boolean around = pattern.startsWith("%") && pattern.endsWith("%") && pattern.length() > 1;
        if (within.contains("%") || within.contains("_") || within.contains("\\") || isTag(name)) {
            throw new UntranslatableException("a query knows no LIKE but %text%: " + pattern);
        }
        if (within.isEmpty()) {
            return known(name, true);
        }
        if (!around && !within.equals(pattern)) {
            throw new UntranslatableException("a query knows no LIKE but %text%: " + pattern);
        }
        return new Which.Compared(names.inQuery(name), around ? "~" : "=", within);
    }
}
