// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

/// Somebody is not signed in by the provider: what is said to them, and what the audit log says.
public final class SignInRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String said;
    private final String person;

    private SignInRefusedException(String person, String said, String reason) {
        super(safe(reason), null, false, false);
        this.person = person;
        this.said = said;
    }

    /// @param said one or two sentences for whoever stands before the page
    /// @param reason for who reads the log: no secret, no token
    static SignInRefusedException of(String said, String reason) {
        return new SignInRefusedException("", said, reason);
    }

    /// Where it is known who they are.
    public static SignInRefusedException ofPerson(String person, String said, String reason) {
        return new SignInRefusedException(person, said, reason);
    }

    private static String safe(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= Limits.REASON_CHARACTERS ? line : line.substring(0, Limits.REASON_CHARACTERS) + "…";
    }

    public String said() {
        return said;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    /// What they are called here; empty where that is not known.
    public String person() {
        return person;
    }
}
