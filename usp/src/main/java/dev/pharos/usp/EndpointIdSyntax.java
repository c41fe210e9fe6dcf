// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.util.regex.Pattern;

/// The grammar of Endpoint IDs and the rules of each authority scheme (R-ARC.2a, R-ARC.5, R-ARC.6).
final class EndpointIdSyntax {
    private static final Pattern UUID_FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern IMEI_FORM = Pattern.compile("[0-9]{15}");
    private static final Pattern OS_FORM = Pattern.compile("\\p{XDigit}{6}-.+");
    private static final Pattern OPS_FORM = Pattern.compile("\\p{XDigit}{6}-[^-]+-.+");
    private static final Pattern FQDN_FORM =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?");
    private static final int MAX_SHORT_AUTHORITY = 6;
    private static final int MAX_PART = 50;
    private static final long MAX_ENTERPRISE_NUMBER = 0xFFFF_FFFFL;

    private final String text;

    private EndpointIdSyntax(String text) {
        this.text = text;
    }

    static EndpointId parse(String text) throws MalformedInputException {
        return new EndpointIdSyntax(text).parse();
    }

    private EndpointId parse() throws MalformedInputException {
        if (text.length() > Limits.MAX_ENDPOINT_ID_LENGTH) {
            throw new MalformedInputException(
                    StandardErrorCode.INVALID_RECORD_VALUE,
                    "Endpoint ID has " + text.length() + " characters, at most " + Limits.MAX_ENDPOINT_ID_LENGTH
                            + " are allowed");
        }
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (first < 0 || second < 0) {
            throw wrong("needs two colons, as in authority-scheme:authority-id:instance-id");
        }
        String scheme = text.substring(0, first);
        String authority = text.substring(first + 1, second);
        String instance = text.substring(second + 1);
        requireScheme(scheme);
        requireInstanceCharacters(instance);
        AuthorityScheme listed = AuthorityScheme.of(scheme).orElse(null);
        if (listed == null) {
            requireUnreserved(authority, MAX_PART);
        } else {
            requireAuthority(listed, authority);
            requireInstance(listed, instance);
        }
        return new EndpointId(scheme, authority, instance);
    }

    private void requireScheme(String scheme) throws MalformedInputException {
        if (scheme.isEmpty()) {
            throw wrong("has no authority-scheme before the first colon");
        }
        for (int index = 0; index < scheme.length(); index++) {
            if (!isUnreserved(scheme.charAt(index))) {
                throw wrong("authority-scheme may hold letters, digits, '-', '.', '_' and '~' only");
            }
        }
        if (scheme.length() > MAX_PART) {
            throw wrong("authority-scheme is longer than " + MAX_PART + " characters");
        }
    }

    private void requireInstanceCharacters(String instance) throws MalformedInputException {
        if (instance.isEmpty()) {
            throw wrong("has no instance-id after the second colon");
        }
        if (instance.length() > Limits.MAX_INSTANCE_ID_LENGTH) {
            throw wrong("instance-id has " + instance.length() + " characters, at most " + Limits.MAX_INSTANCE_ID_LENGTH
                    + " are allowed");
        }
        for (int index = 0; index < instance.length(); index++) {
            char character = instance.charAt(index);
            if (character == '%') {
                if (index + 2 >= instance.length()
                        || !isHex(instance.charAt(index + 1))
                        || !isHex(instance.charAt(index + 2))) {
                    throw wrong("'%' in the instance-id is not followed by two hexadecimal digits");
                }
                index += 2;
            } else if (!isUnreserved(character) || character == '~') {
                throw wrong(
                        "instance-id holds '" + character + "'; allowed are letters, digits, '-', '.', '_' and %HH");
            }
        }
    }

    private void requireAuthority(AuthorityScheme scheme, String authority) throws MalformedInputException {
        switch (scheme) {
            case OUI -> {
                if (!isHex(authority)
                        || (authority.length() != 6 && authority.length() != 7 && authority.length() != 9)) {
                    throw wrong("authority-id of scheme oui must be 6, 7 or 9 hexadecimal digits");
                }
            }
            case CID -> {
                if (!isHex(authority) || authority.length() != 6) {
                    throw wrong("authority-id of scheme cid must be 6 hexadecimal digits");
                }
            }
            case PEN -> {
                if (!isEnterpriseNumber(authority)) {
                    throw wrong("authority-id of scheme pen must be a Private Enterprise Number in decimal");
                }
            }
            case SELF, USER, DOC -> requireUnreserved(authority, MAX_SHORT_AUTHORITY);
            case PROTO -> {
                requireUnreserved(authority, MAX_SHORT_AUTHORITY);
                if (authority.indexOf('.') >= 0) {
                    throw wrong("authority-id of scheme proto must not hold '.'");
                }
            }
            case OS, OPS, UUID, IMEI, FQDN -> {
                if (!authority.isEmpty()) {
                    throw wrong("authority-id of scheme " + scheme.text() + " must be empty");
                }
            }
        }
    }

    private void requireInstance(AuthorityScheme scheme, String instance) throws MalformedInputException {
        switch (scheme) {
            case OS -> requireForm(OS_FORM, instance, "os must be <OUI>-<SerialNumber>");
            case OPS -> requireForm(OPS_FORM, instance, "ops must be <OUI>-<ProductClass>-<SerialNumber>");
            case UUID -> requireForm(UUID_FORM, instance, "uuid must be a UUID of RFC 4122");
            case IMEI -> requireForm(IMEI_FORM, instance, "imei must be an IMEI of 15 digits");
            case FQDN -> requireForm(FQDN_FORM, instance, "fqdn must be a fully qualified domain name");
            case OUI, CID, PEN, SELF, USER, PROTO, DOC -> {}
        }
    }

    private void requireForm(Pattern form, String instance, String rule) throws MalformedInputException {
        if (!form.matcher(instance).matches()) {
            throw wrong("instance-id of scheme " + rule);
        }
    }

    private void requireUnreserved(String authority, int longest) throws MalformedInputException {
        if (authority.length() > longest) {
            throw wrong("authority-id has " + authority.length() + " characters, at most " + longest + " are allowed");
        }
        for (int index = 0; index < authority.length(); index++) {
            if (!isUnreserved(authority.charAt(index))) {
                throw wrong("authority-id may hold letters, digits, '-', '.', '_' and '~' only");
            }
        }
    }

    private static boolean isEnterpriseNumber(String authority) {
        if (authority.isEmpty() || authority.length() > 10) {
            return false;
        }
        for (int index = 0; index < authority.length(); index++) {
            if (!isDigit(authority.charAt(index))) {
                return false;
            }
        }
        return Long.parseLong(authority) <= MAX_ENTERPRISE_NUMBER;
    }

    private static boolean isHex(String digits) {
        for (int index = 0; index < digits.length(); index++) {
            if (!isHex(digits.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char character) {
        return isDigit(character) || (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isUnreserved(char character) {
        return isDigit(character)
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '-'
                || character == '.'
                || character == '_'
                || character == '~';
    }

    private MalformedInputException wrong(String rule) {
        return new MalformedInputException(
                StandardErrorCode.INVALID_RECORD_VALUE, "Endpoint ID \"" + text + "\": " + rule);
    }
}
