// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a person or a token is here for, and so what it may do. In the order of their power but for the auditor.
public enum Role {
    VIEWER,
    SUPPORT,
    ENGINEER,
    AUDITOR,
    ADMIN;

    public Set<Right> rights() {
        return switch (this) {
            case VIEWER -> EnumSet.of(Right.SELF, Right.LOOK);
            case SUPPORT -> EnumSet.of(Right.SELF, Right.LOOK, Right.CHANGE);
            case ENGINEER -> EnumSet.of(Right.SELF, Right.LOOK, Right.CHANGE, Right.FLEET);
            case AUDITOR -> EnumSet.of(Right.SELF, Right.LOOK, Right.AUDIT);
            case ADMIN -> EnumSet.allOf(Right.class);
        };
    }

    public boolean may(Right right) {
        return rights().contains(right);
    }

    /// As the REST interface shows it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    /// `viewer, support, …`: all of them, or those that may do something.
    public static String names(Right right) {
        return Arrays.stream(values())
                .filter(role -> role.may(right))
                .map(Role::text)
                .collect(Collectors.joining(", "));
    }
}
