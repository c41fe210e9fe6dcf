// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds secrets within texts: `password=x`, JSON, XML, search expressions, logins in URLs, private keys. It goes
/// through a text once, whatever the text is, since devices write it.
final class SecretText {
    private static final Pattern URL_LOGIN =
            Pattern.compile("(?<![a-zA-Z0-9+.-])([a-zA-Z][a-zA-Z0-9+.-]{0,20}+://[^/\\s:@]*+:)([^/\\s@]++)(?=@)");
    private static final String KEY_BEGIN = "-----BEGIN ";
    private static final String KEY_END = "-----END ";
    private static final String UNQUOTED_END = " \t\r\n,;&|\"'<>)}]";

    private final Pattern assignment;

    /// @param names of parameters that are secrets beside those that everyone knows
    SecretText(Set<String> names) {
        String more = names.stream()
                .map(name -> "|(?<![a-z0-9_])" + Pattern.quote(name))
                .collect(Collectors.joining());
        assignment = Pattern.compile("(?i)(?:(?:" + Secrets.WORDS + "|authorization" + more + ")[a-z0-9_]{0,32}+"
                + "|(?<![a-z])(?:pin|key|psk)(?![a-z0-9_]))\\\\{0,8}+[\"']?\\s{0,4}+"
                + "(?:=>|==|!=|~=|<=|>=|[:=<>]|(?<=\\s)[^<>]{0,64}+>)\\s{0,4}+(?:(?:basic|bearer|digest)\\s{1,4}+)?");
    }

    String masked(String text) {
        return assignments(urls(privateKeys(text)));
    }

    private static String urls(String text) {
        return text.contains("://")
                ? URL_LOGIN.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(Secrets.MASK))
                : text;
    }

    private static String privateKeys(String text) {
        int begin = text.indexOf(KEY_BEGIN);
        if (begin < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        while (begin >= 0) {
            int end = text.indexOf(KEY_END, begin);
            int next = end < 0 ? text.length() : end;
            int headEnd = Math.min(next, begin + KEY_BEGIN.length() + 32);
            if (text.substring(begin, headEnd).contains("PRIVATE KEY")) {
                out.append(text, copied, begin).append(Secrets.MASK);
                copied = next;
            }
            begin = text.indexOf(KEY_BEGIN, next);
        }
        return out.append(text, copied, text.length()).toString();
    }

    private String assignments(String text) {
        Matcher found = assignment.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (copied < text.length() && found.find(copied)) {
            int start = valueStart(text, found.end());
            int end = valueEnd(text, found.end(), start);
            out.append(text, copied, start);
            if (end > start) {
                out.append(Secrets.MASK);
            }
            copied = Math.max(end, found.end());
        }
        return copied == 0
                ? text
                : out.append(text, Math.min(copied, text.length()), text.length())
                        .toString();
    }

    /// After the opening quote, where there is one; within JSON that is itself a JSON text it has backslashes.
    private static int valueStart(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '\\') {
            at++;
        }
        return at < text.length() && isQuote(text.charAt(at)) ? at + 1 : from;
    }

    private static int valueEnd(String text, int from, int start) {
        if (start == from) {
            int at = from;
            while (at < text.length() && UNQUOTED_END.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return at;
        }
        char quote = text.charAt(start - 1);
        int depth = start - 1 - from;
        int backslashes = 0;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote && backslashes == depth) {
                return at - depth;
            }
            backslashes = c != '\\' ? 0 : depth == 0 ? (backslashes + 1) % 2 : backslashes + 1;
        }
        return text.length();
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
