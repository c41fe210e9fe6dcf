// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// How what has an order is compared.
public enum Order {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Order(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /// @param compared as by [Comparable#compareTo]
    public boolean holds(int compared) {
        return switch (this) {
            case LESS -> compared < 0;
            case AT_MOST -> compared <= 0;
            case GREATER -> compared > 0;
            case AT_LEAST -> compared >= 0;
        };
    }

    /// Of the two things the other way round: what is less old is later.
    public Order reversed() {
        return switch (this) {
            case LESS -> GREATER;
            case AT_MOST -> AT_LEAST;
            case GREATER -> LESS;
            case AT_LEAST -> AT_MOST;
        };
    }
}
